// The Python module: the surface, and nothing else.
#include "superffi/python.hpp"
#include "surface.hpp"

NB_MODULE(inventory, module) { superffi::python::bind<shop::surface>(module); }
