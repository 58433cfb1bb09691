using System.Data.Common;
using System.Globalization;
using Warehouse.Store;

namespace Warehouse.Testing;

/// <summary>A workspace in a folder of its own with its database open, for one test.</summary>
public sealed class FreshWarehouse : IAsyncDisposable
{
    private readonly FreshFolder _folder;

    private FreshWarehouse(FreshFolder folder, Workspace workspace, WarehouseDatabase database) =>
        (_folder, Workspace, Database) = (folder, workspace, database);

    /// <summary>The workspace.</summary>
    public Workspace Workspace { get; }

    /// <summary>Its database, which holds generation 0.</summary>
    public WarehouseDatabase Database { get; }

    /// <summary>The folder.</summary>
    public FreshFolder Folder => _folder;

    /// <summary>Makes one whose calendar reaches from 2000 to 2039, in UTC and pounds.</summary>
    public static async Task<FreshWarehouse> CreateAsync(TimeProvider? time = null, string? definition = null)
    {
        var folder = new FreshFolder();
        folder.Write(
            Workspace.FileName,
            definition ?? "name: test\ncurrency: GBP\ncalendar: {from: 2000-01-01, to: 2040-01-01}\nlimits: {threads: 2}\n");
        var workspace = Workspace.Open(folder.Path);
        return new FreshWarehouse(
            folder, workspace, await WarehouseDatabase.OpenAsync(workspace, time ?? TimeProvider.System, CancellationToken.None));
    }

    /// <summary>Runs statements on a connection of their own.</summary>
    public async Task RunAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await Database.ConnectAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, CancellationToken.None, values);
    }

    /// <summary>The rows of a question, each value as invariant text and NULL as « NULL », joined by « | ».</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await Database.ConnectAsync(CancellationToken.None);
        return await connection.RowsAsync(sql, Text, CancellationToken.None, values);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private static string Text(DbDataReader row) => string.Join(" | ", Enumerable.Range(0, row.FieldCount).Select(place => row.IsDBNull(place)
        ? "NULL"
        : Convert.ToString(row.GetValue(place), CultureInfo.InvariantCulture)));
}
