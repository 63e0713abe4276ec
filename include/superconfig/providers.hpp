// The providers that come with SuperConfig. Each is a small value: make it, adjust it, give it to
// `merge`, `join`, `adjoin` or `admerge`. The `with_…` functions of SuperConfig are shorthands.
//
//   config.merge(Toml::file("app.toml").nested())
//   config.merge(Variables("APP_").profile("debug"))
//
// Relative paths are made absolute, and the environment is captured, when the provider is made.
#pragma once

#include "superconfig/providers/arguments.hpp"
#include "superconfig/providers/discovery.hpp"
#include "superconfig/providers/environment.hpp"
#include "superconfig/providers/file.hpp"
#include "superconfig/providers/memory.hpp"
