package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;

/// `location /static { alias /srv/static/; }` serves `/static../secret` from `/srv/`.
final class AliasTraversal implements LintRule {
    static final String ID = "lint.alias-traversal";

    @Override
    public void look(Branch branch, Problems problems) {
        if (!branch.is("alias") || !branch.arg(0).endsWith("/")) {
            return;
        }
        Locations.prefix(branch).filter(prefix -> !prefix.endsWith("/")).ifPresent(prefix -> {
            Word folder = branch.args().getFirst();
            String without = folder.text().substring(0, folder.text().length() - 1);
            problems.add(Diagnostic.warning(
                            ID, branch.span(), "\"" + prefix + "../\" reaches what lies beside \"" + folder + "\"")
                    .hint("end both with a slash, or neither: location " + prefix + "/ with alias " + folder
                            + ", or alias " + without)
                    .fix(Fix.replace(folder.span(), without)));
        });
    }
}
