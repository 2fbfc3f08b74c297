package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.process.transaction.Links;
import dev.fairlead.process.transaction.Order;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.List;

/// Units that wait for each other: one of them is left out when they are started together, or none is started.
final class OrderLint {
    static final String CYCLE = "lint.ordering-cycle";

    private OrderLint() {}

    static void look(CompiledStack stack, Problems problems) {
        Links links = new Links(stack.units().units());
        for (Order.Circle circle : Order.circles(links, stack.units().enabled())) {
            String first = circle.units().getFirst();
            problems.add(Diagnostic.warning(
                            CYCLE,
                            circle.stated().getFirst(),
                            "Found ordering cycle on " + first + ": " + String.join(" -> ", circle.units()) + " -> "
                                    + first)
                    .hint("each starts after the one before it: " + places(circle)
                            + "; one that nobody requires is left out, or none of them starts"));
        }
    }

    private static String places(Order.Circle circle) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < circle.units().size(); i++) {
            told.add(circle.units().get(i) + " [" + circle.stated().get(i).fileAndLine() + "]");
        }
        return String.join(", ", told);
    }
}
