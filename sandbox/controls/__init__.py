"""The page in the browser and the driver over HTTP."""
