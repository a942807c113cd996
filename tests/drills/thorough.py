import os

THOROUGH = os.environ.get("THOROUGH") == "on"
