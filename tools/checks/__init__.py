"""The rules of the house as checks: each module holds rules of one kind, each rule is a function(Tree) -> findings."""
