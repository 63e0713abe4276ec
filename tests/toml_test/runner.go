//go:build tools

// The toml-test suite and its runner, in the version that go.mod pins.
package tools

import _ "github.com/toml-lang/toml-test/cmd/toml-test"
