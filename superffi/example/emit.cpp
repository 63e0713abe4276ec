// Writes the example's generated files.
#include "superffi/emit.hpp"
#include "surface.hpp"

int main(int argc, char** argv) { return superffi::emit<shop::surface>(argc, argv, {"surface.hpp", "shop::surface"}); }
