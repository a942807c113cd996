#!/usr/bin/env python
from newsroom.__main__ import main

if __name__ == "__main__":
    main()
