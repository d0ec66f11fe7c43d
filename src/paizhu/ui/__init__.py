"""What stands on the screen: windows, pages and widgets; the only layer besides `app` that knows Qt."""
