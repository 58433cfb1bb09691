using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Query;

/// <summary>
/// A query in a file, YAML or JSON: <c>cube</c>, <c>measures</c>, <c>by</c>, <c>where</c>, <c>having</c>, <c>order</c>, <c>limit</c>,
/// <c>offset</c>, <c>top</c>, <c>totals</c>, <c>dense</c>, <c>pivot</c>, <c>as_of</c>, <c>compare</c>, <c>parameters</c>. Lists are lists of texts, or one text with commas.
/// </summary>
public static class QueryFile
{
    /// <summary>Reads a query from a file.</summary>
    /// <exception cref="UserFaultException">The file cannot be read, or is no query.</exception>
    public static CubeQuery Load(string path) => LoadTexts(path).Parse();

    /// <summary>Reads the texts of a query from a file, for one who replaces some of them.</summary>
    /// <exception cref="UserFaultException">The file cannot be read, or is no query.</exception>
    public static QueryTexts LoadTexts(string path) => Read(DefinitionFile.Load(path));

    /// <summary>Reads a query from a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="name">How faults name it.</param>
    /// <exception cref="UserFaultException">The text is no query.</exception>
    public static CubeQuery Parse(string text, string name) => Read(DefinitionFile.Parse(text, name)).Parse();

    private static QueryTexts Read(DefinitionFile file)
    {
        var root = file.Root;
        var declared = new List<ModelParameter>();
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadParameters(root, declared, given);
        var texts = new QueryTexts
        {
            Parameters = given,
            Declared = declared,
            Compare = root.Text("compare"),
            Cube = root.RequiredText("cube"),
            Measures = List(root, "measures"),
            By = List(root, "by"),
            Where = root.Text("where"),
            Having = root.Text("having"),
            Order = List(root, "order"),
            Limit = root.Whole("limit", 0),
            Offset = root.Whole("offset", 0),
            Top = root.Text("top"),
            Totals = List(root, "totals"),
            IsDense = root.Flag("dense") ?? false,
            Pivot = root.Text("pivot"),
            AsOf = root.Text("as_of"),
        };
        file.ThrowIfFaulty();
        return texts;
    }

    /// <summary>A value for a parameter of the model, or a parameter of the query's own with its type.</summary>
    private static void ReadParameters(DefinitionMap root, List<ModelParameter> declared, Dictionary<string, string> given)
    {
        if (root.Map("parameters") is not { } parameters)
        {
            return;
        }

        foreach (var key in parameters.Keys)
        {
            var name = parameters.Key(key);
            if (parameters.HoldsMap(key))
            {
                declared.Add(ParameterReader.Read(name, parameters.RequiredMap(key)));
            }
            else if (parameters.Text(key) is { } value)
            {
                given[key] = value;
            }
        }
    }

    private static string? List(DefinitionMap map, string key) =>
        map.Has(key) ? string.Join(", ", map.Texts(key).Select(text => text.Text)) : null;
}
