using System.Globalization;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Quality.Audits;

/// <summary>The audits of a workspace: each file in <c>checks/</c> names a table and what it has to be.</summary>
internal static class AuditCatalogue
{
    /// <summary>The folder of a workspace that holds its audits.</summary>
    public const string Folder = "checks";

    private static readonly Dictionary<string, AuditSeverity> Severities = new(StringComparer.Ordinal)
    {
        ["warn"] = AuditSeverity.Warn,
        ["error"] = AuditSeverity.Error,
        ["stop"] = AuditSeverity.Stop,
    };

    private static readonly Dictionary<string, TextKind> Kinds = new(StringComparer.Ordinal)
    {
        ["whole"] = TextKind.Whole,
        ["number"] = TextKind.Number,
        ["date"] = TextKind.Date,
        ["instant"] = TextKind.Instant,
        ["flag"] = TextKind.Flag,
    };

    /// <summary>Reads all audits, in the order of their files.</summary>
    /// <exception cref="DefinitionException">Audits are at fault; all faults of all files are listed.</exception>
    public static IReadOnlyList<Audit> Read(Workspace workspace)
    {
        var audits = new List<Audit>();
        var faults = new List<DefinitionFault>();
        foreach (var path in workspace.DefinitionsIn(Folder))
        {
            try
            {
                var file = DefinitionFile.Load(path, workspace.NameOf(path));
                var feed = ReadFeed(file.Root, workspace);
                var table = file.Root.Text("table") ?? feed?.Fills[0].Target.Fact;
                var read = file.Root.Maps("checks").Select(map => Read(map, table, feed?.Name, Path.GetDirectoryName(path)!)).ToArray();
                file.ThrowIfFaulty();
                audits.AddRange(read);
            }
            catch (DefinitionException faulty)
            {
                faults.AddRange(faulty.Faults);
            }
        }

        return faults.Count == 0 ? audits : throw new DefinitionException(faults);
    }

    /// <summary>The feed whose rows alone the checks of a file look at; null where it names none.</summary>
    private static Feed? ReadFeed(DefinitionMap root, Workspace workspace)
    {
        if (root.TextValue("feed") is not { } name)
        {
            return null;
        }

        var feeds = FeedCatalogue.Read(workspace);
        var feed = feeds.FirstOrDefault(feed => feed.Name == name.Text);
        if (feed is null)
        {
            name.Fault($"There is no feed \"{name}\" that is enabled. {NearNames.Hint(name.Text, feeds.Select(known => known.Name), "feeds")}");
        }

        return feed;
    }

    private static Audit Read(DefinitionMap map, string? table, string? feed, string folder)
    {
        var (name, rule) = ReadRule(map, folder);
        if (table is null && rule is not AuditRule.Select)
        {
            map.Fault("table", "A check that is no SELECT of its own is about a table: say \"table\" at the top of the file, such as star.fact_sale, or a \"feed\" that fills a fact.");
        }

        var (atMost, isShare) = ReadLimit(map.TextValue("at_most"));
        return new Audit(
            map.Text("name") ?? (table is null ? name : $"{feed ?? table}: {name}"),
            table,
            feed,
            rule,
            map.Choice("severity", Severities) ?? AuditSeverity.Error,
            atMost,
            isShare);
    }

    private static (string Name, AuditRule Rule) ReadRule(DefinitionMap map, string folder)
    {
        if (map.Text("required") is { } required)
        {
            return ($"{required} has a value", new AuditRule.Required(required));
        }

        if (map.Has("unique"))
        {
            string[] columns = [.. map.Texts("unique").Select(text => text.Text)];
            return ($"{string.Join(", ", columns)} is unique", new AuditRule.Unique(columns));
        }

        if (map.Text("reference") is { } reference)
        {
            var to = map.RequiredTextValue("to");
            var cut = to.Text.LastIndexOf('.');
            if (cut <= 0)
            {
                to.Fault("\"to\" is a column with its table, such as star.dim_product.product_key.");
                return ("", new AuditRule.Select(""));
            }

            return ($"{reference} is a {to}", new AuditRule.Reference(reference, to.Text[..cut], to.Text[(cut + 1)..]));
        }

        if (map.Text("band") is { } band)
        {
            var (least, _) = ReadLimit(map.TextValue("least"));
            var (most, _) = ReadLimit(map.TextValue("most"));
            return ($"{band} as usual", new AuditRule.Band(
                band == "rows" ? null : band, least, map.Has("most") ? most : decimal.MaxValue, map.Whole("last", 1) ?? 7));
        }

        if (map.Text("fresh") is { } fresh)
        {
            var days = map.Whole("days", 0) ?? 1;
            return (FormattableString.Invariant($"{fresh} within {days} days"), new AuditRule.Fresh(fresh, days));
        }

        if (map.TextValue("sql") is { } sql)
        {
            return ($"no rows of {sql}", ReadSelect(sql, folder));
        }

        return ReadColumnRule(map);
    }

    private static (string Name, AuditRule Rule) ReadColumnRule(DefinitionMap map)
    {
        if (map.Text("column") is not { } column)
        {
            map.Fault("column", "A check is one of required, unique, reference, band, fresh, sql, or a column with min, max, one_of, type or pattern.");
            return ("", new AuditRule.Select(""));
        }

        if (map.Has("one_of"))
        {
            return ($"{column} is one of its values", new AuditRule.OneOf(column, [.. map.Texts("one_of").Select(text => text.Text)]));
        }

        if (map.Choice("type", Kinds) is { } kind)
        {
            return ($"{column} is a {map.Text("type")}", new AuditRule.Type(column, kind));
        }

        if (ColumnMappingReader.ReadPattern(map.TextValue("pattern")) is { } pattern)
        {
            return ($"{column} matches its pattern", new AuditRule.Pattern(column, pattern));
        }

        if (!map.Has("min") && !map.Has("max"))
        {
            map.Fault("column", $"What has \"{column}\" to be? Say min, max, one_of, type or pattern.");
        }

        return ($"{column} is within its range", new AuditRule.Range(column, map.Number("min"), map.Number("max")));
    }

    private static AuditRule.Select ReadSelect(DefinitionText file, string folder)
    {
        try
        {
            return new AuditRule.Select(File.ReadAllText(Path.Combine(folder, file.Text)).TrimEnd().TrimEnd(';'));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            file.Fault($"There is no file {file} beside this one: {missing.Message}");
            return new AuditRule.Select("");
        }
    }

    private static (decimal Limit, bool IsShare) ReadLimit(DefinitionText? text)
    {
        if (text is null)
        {
            return (0, false);
        }

        var isShare = text.Text.EndsWith('%');
        if (decimal.TryParse(text.Text.TrimEnd('%'), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number >= 0)
        {
            return isShare ? (number / 100, true) : (number, false);
        }

        text.Fault($"This is a number of rows or a share like 5%, not \"{text}\".");
        return (0, false);
    }
}
