using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>Writes a feed's YAML, each guess with its reason.</summary>
internal static class FeedText
{
    private const int ColumnOfComments = 60;

    /// <summary>The feed of a table.</summary>
    /// <param name="name">The feed's name.</param>
    /// <param name="proposal">What is proposed for the table.</param>
    public static string Of(string name, TableProposal proposal)
    {
        var table = proposal.Table;
        var text = new StringBuilder();
        text.Append(DefinitionSchema.LineFor("feed", $"{FeedCatalogue.Folder}/{name}.yaml")).Append('\n');
        Comment(text, FormattableString.Invariant(
            $"Proposed by 'warehouse init --from' after a look at {(table.IsWhole ? "" : "the first ")}{table.Rows:#,##0} rows. What was guessed says why: check it, and mend it."));
        Comment(text, proposal.Grain);
        foreach (var remark in proposal.Remarks)
        {
            Comment(text, remark);
        }

        if (table.Broken > 0)
        {
            Comment(text, FormattableString.Invariant($"{table.Broken:#,##0} records beside them cannot be split into {table.Columns.Count} fields: a load rejects them, each with its line."));
        }

        if (table.Duplicates > 0)
        {
            Comment(text, FormattableString.Invariant($"{table.Duplicates:#,##0} rows are equal to an earlier one in every column and are kept; « duplicates: reject » leaves them out."));
        }

        text.Append("feed: ").Append(YamlText.Of(name)).Append('\n');
        if (proposal.Fills.Count == 0)
        {
            Line(text, "enabled: false", "until the columns below are mapped");
        }

        AppendSource(text, table);
        if (proposal.Fills.Count == 0)
        {
            AppendEvidence(text, table);
            return text.ToString();
        }

        AppendFills(text, proposal);
        var unused = table.Columns.Select(column => column.Name).Where(column => !proposal.Used.Contains(column)).ToArray();
        if (unused.Length > 0)
        {
            Comment(text, $"Not used: {string.Join(", ", unused)}.");
        }

        return text.ToString();
    }

    private static void AppendSource(StringBuilder text, SourceTable table)
    {
        foreach (var note in table.Notes)
        {
            Comment(text, $"Read with {note}.");
        }

        text.Append("source:\n");
        text.Append("  files: ").Append(YamlText.ListOf(table.Files)).Append('\n');
        foreach (var (name, said) in SourceText.Of(table))
        {
            text.Append("  ").Append(name).Append(": ").Append(said).Append('\n');
        }
    }

    private static void AppendFills(StringBuilder text, TableProposal proposal)
    {
        if (proposal.Fills.SelectMany(fill => fill.Columns).Any(column => ColumnOf(proposal, column)?.Kind == ColumnKind.Customer))
        {
            Line(text, "identity: customer", "one name space for all files: the same identifier is the same customer");
        }

        Line(text, "known: at_event", "the company knew each row when it happened; at_load: when it is loaded");
        AppendFill(text, proposal.Fills[0], "");
        if (proposal.Fills.Count > 1)
        {
            text.Append("also:\n");
        }

        foreach (var fill in proposal.Fills.Skip(1))
        {
            AppendFill(text, fill, "  ");
        }
    }

    private static TargetColumn? ColumnOf(TableProposal proposal, ProposedColumn column) =>
        proposal.Fills.First(fill => fill.Columns.Contains(column)).Target.Find(column.Name);

    private static void AppendFill(StringBuilder text, ProposedFill fill, string indent)
    {
        text.Append(indent.Length == 0 ? "" : "- ").Append("into: ").Append(fill.Target.Name).Append('\n');
        if (fill.IsLatest)
        {
            Line(text, $"{indent}history: latest", "what is told last holds for the past too");
        }

        text.Append(indent).Append("columns:\n");
        foreach (var column in fill.Columns)
        {
            Line(text, $"{indent}  {column.Name}: {column.Yaml}", column.Why);
        }
    }

    private static void AppendEvidence(StringBuilder text, SourceTable table)
    {
        Comment(text, "Then say what a row fills: « into: sale » (or contact, touch, customer, product, location, campaign, consent, exchange_rate) and « columns: ».");
        Comment(text, "What the columns hold:");
        foreach (var column in table.Columns)
        {
            var kind = column.Dates > .9 ? $"dates{(DateFormats.NameOf(column.DateFormat) is { } format ? $" by {format}" : "")}"
                : column.Flags > .9 && column.Distinct <= 2 ? "yes or no"
                : column.Numbers > .9 ? "numbers"
                : column.TimesOfDay > .9 ? "times of day"
                : column.Emails > .9 ? "e-mail addresses" : "texts";
            Comment(text, FormattableString.Invariant(
                $"  {column.Name}: {kind}, {column.Distinct:#,##0} different, {column.Rows - column.Filled:#,##0} without a value, such as {string.Join(", ", column.Frequent.Take(3).Select(value => value.Length > 40 ? value[..40] + "…" : value))}"));
        }
    }

    private static void Line(StringBuilder text, string line, string why) =>
        text.Append(line.PadRight(ColumnOfComments)).Append("  # ").Append(YamlText.Comment(why)).Append('\n');

    private static void Comment(StringBuilder text, string line) => text.Append("# ").Append(YamlText.Comment(line)).Append('\n');
}
