using System.CommandLine;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Verbs.Commands;

/// <summary>The options that say what is asked: on the command line, in a file, or both, where the command line replaces the file.</summary>
internal sealed class QueryOptions
{
    private readonly Argument<string?> _cube = new("cube") { Description = "The cube.", Arity = ArgumentArity.ZeroOrOne };
    private readonly FileOption _file = new("--file", "A query in a file, YAML or JSON; what is said here replaces what the file says.", "Q.yaml");
    private readonly Option<string?> _measures = Text("--measures", "Measures, or expressions over them, separated by commas.", "A,B");
    private readonly Option<string?> _by = Text("--by", "Members that the rows are grouped by, such as date.month,product.category.", "X,Y");
    private readonly Option<string?> _pivot = Text("--pivot", "The member whose values are columns.", "X");
    private readonly Option<string?> _where = Text("--where", "Which facts count.", "EXPR");
    private readonly Option<string?> _having = Text("--having", "Which rows are shown, by their measures.", "EXPR");
    private readonly Option<string?> _order = Text("--order", "The order of the rows, such as \"net_sales desc\"; also by what is not shown.", "X");
    private readonly Option<long?> _limit = new("--limit") { Description = "At most so many rows.", HelpName = "N" };
    private readonly Option<long?> _offset = new("--offset") { Description = "So many rows are left out first.", HelpName = "N" };
    private readonly Option<string?> _top = Text("--top", "Only the first members have rows, all others are one, such as \"top 5 product.name by net_sales\".", "EXPR");
    private readonly Option<string?> _totals = new("--totals")
    {
        Description = "Totals: rollup (also when nothing follows), grand, cube, or sets such as \"(date.year), ()\".",
        HelpName = "WHICH",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _compare = Text("--compare", "Each measure beside a filter, a condition or a period, or two: \"vip vs rest\", 2011-01.", "X");
    private readonly ParameterOption _parameters = new("A value for a parameter; may be given more than once.");
    private readonly Option<bool> _dense = new("--dense") { Description = "Show every period, also those without facts." };
    private readonly Option<string?> _asOf = CommonOptions.AsOf();

    public void AddTo(Command command)
    {
        command.Add(_cube);
        foreach (var option in new Option[] { _file, _measures, _by, _pivot, _where, _having, _order, _limit, _offset, _top, _totals, _compare, _parameters, _dense, _asOf })
        {
            command.Add(option);
        }
    }

    /// <summary>The cube that is named; null where none is.</summary>
    public string? Cube(ParseResult parsed) => parsed.GetValue(_cube);

    /// <summary>The query.</summary>
    /// <exception cref="UserFaultException">It cannot be read.</exception>
    public CubeQuery Read(ParseResult parsed)
    {
        var file = _file.PathIn(parsed) is { } path ? QueryFile.LoadTexts(path) : null;
        var cube = parsed.GetValue(_cube) ?? file?.Cube
            ?? throw new WrongCommandException("Name a cube, such as 'warehouse query sales --measures net_sales', or a file with '--file Q.yaml'.");
        return new QueryTexts
        {
            Cube = cube,
            Measures = parsed.GetValue(_measures) ?? file?.Measures ?? throw new WrongCommandException("Option '--measures' is required."),
            By = parsed.GetValue(_by) ?? file?.By,
            Pivot = parsed.GetValue(_pivot) ?? file?.Pivot,
            Where = parsed.GetValue(_where) ?? file?.Where,
            Having = parsed.GetValue(_having) ?? file?.Having,
            Order = parsed.GetValue(_order) ?? file?.Order,
            Limit = parsed.GetValue(_limit) ?? file?.Limit,
            Offset = parsed.GetValue(_offset) ?? file?.Offset,
            Top = parsed.GetValue(_top) ?? file?.Top,
            Totals = parsed.GetResult(_totals) is null ? file?.Totals : parsed.GetValue(_totals) ?? "",
            IsDense = parsed.GetValue(_dense) || file is { IsDense: true },
            AsOf = parsed.GetValue(_asOf) ?? file?.AsOf,
            Compare = parsed.GetValue(_compare) ?? file?.Compare,
            Declared = file?.Declared ?? [],
            Parameters = _parameters.ValuesIn(parsed, file?.Parameters),
        }.Parse();
    }

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
