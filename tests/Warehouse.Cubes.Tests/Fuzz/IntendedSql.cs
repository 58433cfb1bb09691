using System.Text.Json;

namespace Warehouse.Cubes.Tests.Fuzz;

/// <summary>What a statement does, as the engine's own parser reads it: which tables it reads, and which functions it calls.</summary>
internal static class IntendedSql
{
    /// <summary>What the engine itself allows is a thousand levels, of which each is several here.</summary>
    private const int MostNested = 10_000;

    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "sum", "count", "count_star", "min", "max", "avg", "median", "quantile_cont", "var_samp", "stddev_samp", "approx_count_distinct", "any_value", "arg_max", "arg_min", "grouping",
        "coalesce", "nullif", "greatest", "least", "abs", "round", "floor", "ceil", "sqrt", "lower", "upper", "trim", "length", "concat", "year", "quarter", "month", "day", "isodow",
        "date_trunc", "to_months", "trunc", "rank", "row_number", "+", "-", "*", "/", "&", "~~", "unnest", "row", "first", "list_value",
    };

    /// <summary>Requires that it is one SELECT of the tables given, and calls nothing but what the cubes call.</summary>
    public static async Task Require(CubeTest test, string sql, IReadOnlySet<string> tables)
    {
        var literal = $"'{sql.Replace("'", "''", StringComparison.Ordinal)}'";
        var parsed = JsonDocument.Parse((await test.Rows($"SELECT json_serialize_sql({literal})"))[0], new JsonDocumentOptions { MaxDepth = MostNested }).RootElement;
        Assert.False(parsed.GetProperty("error").GetBoolean(), $"{parsed}\n{sql}");
        Assert.Equal(1, parsed.GetProperty("statements").GetArrayLength());
        var named = new HashSet<string>(StringComparer.Ordinal);
        Walk(parsed.GetProperty("statements")[0], tables, named, sql);
    }

    private static void Walk(JsonElement node, IReadOnlySet<string> tables, HashSet<string> named, string sql)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Walk(item, tables, named, sql);
            }
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (node.TryGetProperty("cte_map", out var ctes) && ctes.TryGetProperty("map", out var map))
        {
            named = [.. named, .. map.EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];
        }

        if (node.TryGetProperty("table_name", out var table) && node.TryGetProperty("schema_name", out var schema))
        {
            var path = schema.GetString() is { Length: > 0 } name ? $"{name}.{table.GetString()}" : table.GetString()!;
            Assert.True(tables.Contains(path) || named.Contains(path), $"It reads {path}:\n{sql}");
        }

        if (node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "TABLE_FUNCTION" or "SUBQUERY_EXPRESSION" or "PIVOT" or "SHOW_REF")
        {
            Assert.Fail($"It has a {type}:\n{sql}");
        }

        if (node.TryGetProperty("function_name", out var function))
        {
            Assert.True(Functions.Contains(function.GetString()!), $"It calls {function}:\n{sql}");
        }

        foreach (var part in node.EnumerateObject())
        {
            Walk(part.Value, tables, named, sql);
        }
    }
}
