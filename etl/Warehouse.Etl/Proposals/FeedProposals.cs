using System.Text;
using Warehouse.Definitions;

namespace Warehouse.Etl.Proposals;

/// <summary>Looks at files and proposes the feeds that load them.</summary>
public static class FeedProposals
{
    private static readonly string[] Endings =
        [".csv", ".tsv", ".txt", ".dat", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".duckdb", ".csv.gz", ".tsv.gz", ".txt.gz", ".dat.gz", ".json.gz", ".jsonl.gz", ".ndjson.gz"];

    /// <summary>Proposes feeds for files.</summary>
    /// <param name="paths">The files; of a folder all files in it that can be read.</param>
    /// <param name="nameOf">How the workspace's definitions name a file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">A file is not there or cannot be read.</exception>
    public static async Task<WorkspaceProposal> OfAsync(
        IReadOnlyList<string> paths, Func<string, string> nameOf, CancellationToken cancellationToken)
    {
        var tables = new List<SourceTable>();
        foreach (var path in paths.SelectMany(Files).Distinct(StringComparer.Ordinal))
        {
            tables.AddRange(await SourceTable.ReadAllAsync(path, cancellationToken));
        }

        var groups = tables.GroupBy(table => (table.Format, table.Source.Part.Table, table.Source.Part.Sheet, Columns: string.Join('\0', table.Columns.Select(column => column.Name)), StemOf(table.Name)))
            .Select(group => Together([.. group.OrderByDescending(table => table.Rows)], nameOf))
            .ToArray();
        var judge = new TableJudge(groups);
        var proposals = groups.Select(judge.Judge).ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        return new WorkspaceProposal(
            [.. proposals.Select(proposal => FeedOf(proposal, names))],
            CurrencyOf(tables),
            proposals.Select(proposal => proposal.FirstYear).Min());
    }

    private static SourceTable Together(SourceTable[] parts, Func<string, string> nameOf) => SourceTable.Together(parts) with
    {
        Name = parts.Length > 1 ? StemOf(parts[0].Name) : parts[0].Name,
        Path = nameOf(parts[0].Path),
        Files = [.. parts.Select(part => nameOf(part.Path)).Order(StringComparer.Ordinal)],
    };

    private static ProposedFeed FeedOf(TableProposal judged, HashSet<string> names)
    {
        var stem = Plain(judged.Table.Name);
        var name = stem;
        for (var number = 2; !names.Add(name); number++)
        {
            name = FormattableString.Invariant($"{stem}_{number}");
        }

        return new ProposedFeed(
            name, FeedText.Of(name, judged), [.. judged.Fills.Select(fill => fill.Target.Name)], judged.Grain, [.. judged.Remarks.Concat(ToCheck(judged)).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>What nothing in the file decides about columns, as the feed says it beside each.</summary>
    private static IEnumerable<string> ToCheck(TableProposal judged)
    {
        const string Mark = "CHECK: ";
        return
            from column in judged.Fills.SelectMany(fill => fill.Columns)
            let at = column.Why.IndexOf(Mark, StringComparison.Ordinal)
            where at >= 0
            select $"{Mark}{string.Join(", ", column.Uses.DefaultIfEmpty(column.Name))}: {column.Why[(at + Mark.Length)..]}";
    }

    private static IEnumerable<string> Files(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal);
        }

        return File.Exists(path) ? [Path.GetFullPath(path)] : throw new UserFaultException($"There is no file {path}. Nothing was written.");
    }

    /// <summary>What the names of the files of one feed have in common: all before the first digit.</summary>
    private static string StemOf(string name)
    {
        var digit = name.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        var stem = digit > 0 ? name[..digit].TrimEnd('-', '_', ' ', '.') : name;
        return stem.Length == 0 ? name : stem;
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var sign in name)
        {
            plain.Append(char.IsLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : '_');
        }

        return plain.ToString().Trim('_') is { Length: > 0 } text ? text : "feed";
    }

    private static readonly (string Sign, string Currency)[] Signs =
        [("NT$", "TWD"), ("US$", "USD"), ("HK$", "HKD"), ("R$", "BRL"), ("£", "GBP"), ("€", "EUR"), ("₹", "INR"), ("₩", "KRW"), ("円", "JPY"), ("$", "USD")];

    /// <summary>The currency into which rates lead; else the one that most values of a column of currencies name, or that is written beside most amounts.</summary>
    private static string? CurrencyOf(List<SourceTable> tables)
    {
        var codes =
            from table in tables
            from column in table.Columns
            where column.Tokens.Contains("currency")
            from value in table.Values[column.Name]
            where value.Key.Length == 3 && value.Key.All(char.IsAsciiLetter)
            select (Key: value.Key.ToUpperInvariant(), Weight: column.Tokens.Contains("to") ? long.MaxValue / 1024 : column.Tokens.Contains("from") ? 0L : value.Value);
        return codes.GroupBy(code => code.Key).OrderByDescending(code => code.Sum(found => found.Weight)).Select(code => code.Key).FirstOrDefault() ?? CurrencyOfAmounts(tables);
    }

    private static string? CurrencyOfAmounts(List<SourceTable> tables)
    {
        var signed =
            from table in tables
            from column in table.Columns
            where column.Amounts > column.Numbers || column.CommaAmounts > column.CommaNumbers
            from value in table.Values[column.Name]
            let currency = Signs.FirstOrDefault(known => value.Key.Contains(known.Sign, StringComparison.Ordinal)).Currency
                ?? (value.Key.Length > 4 && value.Key[..3].All(char.IsAsciiLetterUpper) && !char.IsAsciiLetter(value.Key[3]) ? value.Key[..3] : null)
            where currency is not null
            group value.Value by currency into found
            orderby found.Sum() descending
            select found.Key;
        return signed.FirstOrDefault();
    }
}
