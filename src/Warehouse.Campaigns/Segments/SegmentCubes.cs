using System.Data.Common;
using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>The cubes of a workspace, whose measures segments can ask for.</summary>
internal sealed class SegmentCubes
{
    private const string Key = "durable_key";
    private const string People = "star.dim_customer";

    private readonly Lazy<CubeModel> _model;
    private readonly TimeZoneInfo _zone;

    private SegmentCubes(Func<CubeModel> load, TimeZoneInfo zone) => (_model, _zone) = (new Lazy<CubeModel>(() => load().WithKeys(Key)), zone);

    /// <summary>Those of a workspace, read when the first measure is asked for.</summary>
    public static SegmentCubes Of(Workspace workspace) => new(() => CubeModel.Load(workspace.Folder), workspace.Definition.TimeZone);

    /// <summary>Those of a model.</summary>
    public static SegmentCubes Of(CubeModel model, TimeZoneInfo zone) => new(() => model, zone);

    /// <summary>The hash of the model: what the values of measures come from.</summary>
    public string Hash => _model.Value.Hash;

    /// <summary>The names of all measures that can be asked of a customer, like sales.net_sales.</summary>
    public IEnumerable<string> Names =>
        from cube in _model.Value.Cubes.Values
        where cube.Time is not null && RoleOf(cube.Name) is not null
        from measure in cube.Measures.Keys
        select $"{cube.Name}.{measure}";

    /// <summary>The cube and measure of a name like sales.net_sales; a fault where there is none, or where its facts are no customer's.</summary>
    public (string Cube, string Measure) Find(DefinitionText name)
    {
        if (name.Text.Split('.') is not [var cube, var measure])
        {
            name.Fault($"\"{name}\" names no measure of a cube; write it like sales.net_sales.");
            return ("", "");
        }

        try
        {
            var found = _model.Value.Cube(cube);
            if (!found.Measures.ContainsKey(measure))
            {
                name.Fault($"The cube \"{cube}\" has no measure \"{measure}\". {NearNames.Hint(measure, found.Measures.Keys, "measures")}");
            }
            else if (RoleOf(cube) is null || found.Time is null)
            {
                name.Fault($"The measures of \"{cube}\" are no customer's: it has no dimension of {People} by customer_key, or no time.");
            }
        }
        catch (UserFaultException wrong)
        {
            name.Fault(wrong.Message);
        }

        return (cube, measure);
    }

    /// <summary>
    /// Computes a measure for every customer with facts, as of a date: a table of customer_key and value. What was known then counts, by
    /// the cube's own rules, and nothing after the date.
    /// </summary>
    public async Task FillAsync(DbConnection connection, string table, Measured measured, AsOf asOf, CancellationToken cancellationToken)
    {
        var cube = _model.Value.Cube(measured.Cube);
        var role = RoleOf(measured.Cube)!;
        var (first, last) = measured.Period.Dates(asOf.Date);
        var days = string.Create(CultureInfo.InvariantCulture, $"{cube.Time}.day >= {first:yyyy-MM-dd} and {cube.Time}.day <= {last:yyyy-MM-dd}");
        var query = new QueryTexts
        {
            Cube = measured.Cube,
            Measures = measured.Measure,
            By = $"{role}.{Key}",
            Where = measured.Where is { } where ? $"{days} and ({where})" : days,
            AsOf = asOf.HasHindsight ? null : asOf.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }.Parse();
        await using var source = new DuckDBDataSource(connection.ConnectionString);
        var plan = await new CubeEngine(source, _model.Value, new CubeEngineOptions { TimeZone = _zone }).ExplainAsync(query, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE OR REPLACE TEMP TABLE {table} AS SELECT customer_key, value FROM ({plan.Sql}) AS answer (customer_key, value) WHERE customer_key IS NOT NULL";
        foreach (var value in plan.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The role in which facts know the person: as he is now rather than then, the one called customer first.</summary>
    private string? RoleOf(string cube) => _model.Value.Cube(cube).Roles.Values
        .Where(role => role is { IsThen: false, IsMany: false, Dimension: { Table.Path: People, Key: "customer_key" } })
        .OrderBy(role => role.Name == "customer" ? 0 : 1)
        .ThenBy(role => role.Name, StringComparer.Ordinal)
        .FirstOrDefault()?.Name;
}
