"""Multi-round maps of ../maps.ts in PyTorch, one pair after the other."""
from published import serve_maps

serve_maps(five_maps=False)
