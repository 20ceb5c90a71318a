"""The five-map aggregate of ../maps-reference.ts in PyTorch, one pair after the other."""
from published import serve_maps

serve_maps(five_maps=True)
