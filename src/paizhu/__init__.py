"""派驻监督工作台: an offline desk for one stationed discipline inspection officer."""

__version__ = "0.1.0"
