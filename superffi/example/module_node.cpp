// The Node.js addon: the surface, and nothing else.
#include "superffi/node.hpp"
#include "surface.hpp"

SUPERFFI_NODE_MODULE(shop::surface)
