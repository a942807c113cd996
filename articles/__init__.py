"""Stories: written on the desk, published through one door, read at the front.

From the inside out: `text` and `media`, `models`, `record`, then `sourcing` and `prepared`, then
`publishing`, and around it `desk`, `front` and `packages`. A room imports those before it alone.
"""
