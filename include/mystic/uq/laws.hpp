#pragma once

/// All families of laws.
#include "mystic/uq/laws/atoms.hpp"
#include "mystic/uq/laws/bounded.hpp"
#include "mystic/uq/laws/combined.hpp"
#include "mystic/uq/laws/counts.hpp"
#include "mystic/uq/laws/extremes.hpp"
#include "mystic/uq/laws/normal.hpp"
#include "mystic/uq/laws/positive.hpp"
#include "mystic/uq/laws/smooth_data.hpp"
#include "mystic/uq/laws/symmetric.hpp"
