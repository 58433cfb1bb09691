using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Explore;

/// <summary>A question to a cube as the page's address holds it: by the names of the parameters of <c>query</c>.</summary>
public sealed record Question
{
    /// <summary>The cube; empty where none is chosen yet.</summary>
    public string Cube { get; init; } = "";

    /// <summary>Measures, or expressions over them.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>Members that the rows are by.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>The member whose values are columns; null for none.</summary>
    public string? Pivot { get; init; }

    /// <summary>Which facts count; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>Which rows are shown.</summary>
    public string? Having { get; init; }

    public string? Order { get; init; }

    public string? Top { get; init; }

    /// <summary>rollup, grand, cube, or null for none.</summary>
    public string? Totals { get; init; }

    /// <summary>What each measure stands beside: a period, a filter, a segment.</summary>
    public string? Compare { get; init; }

    public bool IsDense { get; init; }

    /// <summary>The day that the answer holds for; null for now.</summary>
    public string? AsOf { get; init; }

    /// <summary>How many rows at most.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>How it is drawn; null for the way that suits it.</summary>
    public string? Drawn { get; init; }

    /// <summary>Whether enough is chosen for an answer.</summary>
    public bool CanBeAsked => Cube.Length > 0 && Measures.Count > 0;

    /// <summary>The question of an address.</summary>
    public static Question Of(Uri address)
    {
        var said = QueryHelpers.ParseQuery(address.Query);
        string? Text(string name) => said.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.ToString() : null;
        return new Question
        {
            Cube = Text("cube") ?? "",
            Measures = Items.Of(Text("measures")),
            By = Items.Of(Text("by")),
            Pivot = Text("pivot"),
            Where = Text("where"),
            Having = Text("having"),
            Order = Text("order"),
            Top = Text("top"),
            Totals = Text("totals"),
            Compare = Text("compare"),
            IsDense = Text("dense") == "true",
            AsOf = Text("as-of"),
            Limit = int.TryParse(Text("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : 500,
            Drawn = Text("drawn"),
        };
    }

    /// <summary>The question of a row of <c>question list</c>, whose columns have the names of the parameters.</summary>
    public static Question Of(Table questions, TableRow row)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(row);
        return Of(new Uri(QueryHelpers.AddQueryString(
            "http://warehouse/explore",
            questions.Columns.Select((column, place) => new KeyValuePair<string, string?>(column.Name.Replace('_', '-'), row.Text(place))).Where(pair => pair.Value is not (null or "false")))));
    }

    /// <summary>What is said to <c>query</c>.</summary>
    public Said Said() => new()
    {
        ["cube"] = Cube,
        ["measures"] = string.Join(',', Measures),
        ["by"] = string.Join(',', By),
        ["pivot"] = Pivot,
        ["where"] = Where,
        ["having"] = Having,
        ["order"] = Order,
        ["top"] = Top,
        ["totals"] = Totals,
        ["compare"] = Compare,
        ["dense"] = IsDense ? "true" : null,
        ["as-of"] = AsOf,
        ["limit"] = Limit,
        ["language"] = CultureInfo.CurrentCulture.Name,
    };

    /// <summary>The address of the page that shows it.</summary>
    public string Address()
    {
        var said = Said().Texts.Where(pair => pair.Key != "language" && (pair.Key != "limit" || Limit != 500));
        return QueryHelpers.AddQueryString("/explore", (Drawn is null ? said : said.Append(new("drawn", Drawn))).Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));
    }

    /// <summary>The question as a file for <c>warehouse query --file</c>.</summary>
    public string Yaml() => string.Concat(Said().Texts
        .Where(pair => pair.Key is not "language")
        .Select(pair => $"{pair.Key.Replace('-', '_')}: {(pair.Key is "limit" or "dense" ? pair.Value : $"'{pair.Value.Replace("'", "''", StringComparison.Ordinal)}'")}\n"));

    /// <summary>The question with one more condition.</summary>
    public Question And(string condition) => this with { Where = Where is null ? condition : $"({Where}) and {condition}" };
}
