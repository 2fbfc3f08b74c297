package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.nginx.lint.Branch;
import dev.fairlead.dialect.nginx.syntax.Block;
import dev.fairlead.dialect.nginx.syntax.Item;
import dev.fairlead.dialect.nginx.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A configuration as its statements, each in its place, included files where they are included.
final class Tree {
    private final Sources sources;
    private final List<Branch> top = new ArrayList<>();

    private Tree(Sources sources) {
        this.sources = sources;
    }

    static List<Branch> of(List<Block> blocks, Sources sources) {
        Tree tree = new Tree(sources);
        blocks.forEach(block -> tree.read(block, Optional.empty()));
        return tree.top;
    }

    private void read(Block block, Optional<Branch> parent) {
        for (Item item : block.items()) {
            if (item instanceof Statement statement) {
                if (statement.name().is("include") && statement.count() == 1) {
                    sources.include(statement, included -> read(included, parent));
                } else {
                    read(statement, parent);
                }
            }
        }
    }

    private void read(Statement statement, Optional<Branch> parent) {
        Branch branch = new Branch(statement, parent, top);
        parent.ifPresentOrElse(outer -> outer.add(branch), () -> top.add(branch));
        statement.block().ifPresent(block -> read(block, Optional.of(branch)));
    }
}
