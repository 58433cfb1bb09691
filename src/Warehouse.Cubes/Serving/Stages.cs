using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Warehouse.Cubes.Serving;

/// <summary>What an engine tells those who trace it: the stages of a query, and the rows that it answered with.</summary>
internal static class Stages
{
    private const string Name = "Warehouse.Cubes";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Counter<long> Rows = new Meter(Name).CreateCounter<long>("warehouse.cube.rows", null, "Rows that cubes answered with.");

    /// <summary>A query is planned and written.</summary>
    public static Activity? Plan() => Source.StartActivity("cube plan");

    /// <summary>The engine answers its statement.</summary>
    public static Activity? Execute() => Source.StartActivity("cube execute");

    /// <summary>Its rows are read.</summary>
    public static Activity? Read() => Source.StartActivity("cube read");

    /// <summary>Counts an answer's rows.</summary>
    public static void Answered(Activity? stage, int rows)
    {
        stage?.SetTag("warehouse.rows", rows);
        Rows.Add(rows);
    }
}
