#include "mystic/core/evaluation_id.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

TEST(SearchPath, NamesTheTreeOfSearches) {
  const SearchPath root;
  EXPECT_EQ(root.depth(), 0U);
  EXPECT_EQ(to_string(root), "root");
  const SearchPath nested = root.child(3).child(1);
  EXPECT_EQ(nested.depth(), 2U);
  EXPECT_EQ(nested[0], 3U);
  EXPECT_EQ(nested[1], 1U);
  EXPECT_EQ(to_string(nested), "3.1");
  EXPECT_EQ(to_string(EvaluationId{nested, 17}), "3.1#17");
  EXPECT_EQ(to_string(EvaluationId{root, 0}), "root#0");
}

TEST(SearchPath, TellsChildrenFromTheirParents) {
  const SearchPath root;
  EXPECT_NE(root, root.child(0));
  EXPECT_NE(root.child(0), root.child(0).child(0));
  EXPECT_NE(root.child(1).child(2), root.child(2).child(1));
  EXPECT_EQ(root.child(1).child(2), root.child(1).child(2));
}

TEST(SearchPath, RefusesToGoDeeperThanItCanSay) {
  SearchPath path;
  for (std::uint32_t level = 0; level < SearchPath::deepest; ++level) path = path.child(level);
  EXPECT_EQ(to_string(path), "0.1.2.3.4.5");
  EXPECT_THROW(static_cast<void>(path.child(0)), InvalidArgument);
}

TEST(EvaluationId, OrdersTheEvaluationsOfASearch) {
  const SearchPath path = SearchPath{}.child(4);
  EXPECT_LT((EvaluationId{path, 1}), (EvaluationId{path, 2}));
  EXPECT_NE((EvaluationId{path, 1}), (EvaluationId{SearchPath{}, 1}));
}

}  // namespace
}  // namespace mystic
