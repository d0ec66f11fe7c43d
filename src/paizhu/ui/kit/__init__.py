"""Reusable widgets that know neither registers nor services: plain data in, signals out."""
