// What the command uses of the library beyond its public headers: the writers, and the name that somebody meant.
#pragma once

#include "../src/formats/formats.hpp"
#include "../src/text/nearest.hpp"
#include "superconfig/mask.hpp"
