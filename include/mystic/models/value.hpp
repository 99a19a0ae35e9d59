#pragma once

#include <string>

namespace mystic {

/// What an input of an external code is at one point: a number, or a word such as "steel".
struct Value {
  double number = 0.0;  ///< of a word: its place among the choices, from 0
  std::string word = {};
  bool is_word = false;

  Value() = default;
  Value(double value) : number(value) {}  // NOLINT(google-explicit-constructor): a number is a value
  Value(std::string text, double place) : number(place), word(std::move(text)), is_word(true) {}
};

}  // namespace mystic
