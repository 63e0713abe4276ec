// All of SuperConfig. `superconfig/config.hpp` is where to start reading.
#pragma once

#include "superconfig/config.hpp"
#include "superconfig/error.hpp"
#include "superconfig/explanation.hpp"
#include "superconfig/extract/extract.hpp"
#include "superconfig/format.hpp"
#include "superconfig/mask.hpp"
#include "superconfig/order.hpp"
#include "superconfig/origin.hpp"
#include "superconfig/path.hpp"
#include "superconfig/provider.hpp"
#include "superconfig/providers.hpp"
#include "superconfig/reflect/annotate.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"
#include "superconfig/value.hpp"
#include "superconfig/version.hpp"
