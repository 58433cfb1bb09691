namespace Warehouse.DuckDb.Tests;

internal static class Sql
{
    public static int Execute(this DuckDBConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(this DuckDBConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar();
    }

    public static DuckDBCommand Command(this DuckDBConnection connection, string sql, params object?[] values)
    {
        var command = new DuckDBCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value as DuckDBParameter ?? new DuckDBParameter(value));
        }

        return command;
    }
}
