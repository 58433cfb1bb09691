using Npgsql;
using Warehouse.Campaigns.Suppression;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Destinations;

/// <summary>Reads destinations.</summary>
internal static class DestinationReader
{
    private static readonly Dictionary<string, FileFormat> Formats = new(StringComparer.Ordinal)
    {
        ["csv"] = FileFormat.Csv,
        ["jsonl"] = FileFormat.JsonLines,
        ["parquet"] = FileFormat.Parquet,
        ["xlsx"] = FileFormat.Xlsx,
    };

    private static readonly Dictionary<string, bool> Portions = new(StringComparer.Ordinal) { ["all"] = true, ["changes"] = false };

    private static readonly string[] Kinds = ["file", "folder", "postgres", "webhook"];

    /// <exception cref="DefinitionException">The destination is at fault; every fault is listed.</exception>
    public static Destination Read(string text, string fileName, string name)
    {
        var file = DefinitionFile.Parse(text, fileName);
        var root = file.Root;
        root.Text("destination");
        root.Text("description");
        var route = ReadRoute(root);
        var channel = root.TextValue("channel");
        if (channel is not null && !ContactPolicy.Channels.Contains(channel.Text))
        {
            channel.Fault($"\"{channel}\" is no channel. {NearNames.Hint(channel.Text, ContactPolicy.Channels, "channels")}");
        }

        var destination = new Destination(
            name, channel?.Text, root.Choice("send", Portions) ?? route is FileRoute, Columns(root), route, text, file.Hash);
        if (destination.HasContactDetails && channel is null)
        {
            root.Fault("columns", "A destination that gets contact details says by which \"channel\" it reaches people, so that only those are sent who allow it.");
        }

        if (route is PostgresRoute && !destination.Columns.Any(column => column.Field.Name == ExportField.Identifier))
        {
            root.Fault("columns", $"A table needs a column of {ExportField.Identifier}: by it customers are changed and removed.");
        }

        file.ThrowIfFaulty();
        return destination;
    }

    private static List<ExportColumn> Columns(DefinitionMap root)
    {
        var columns = new List<ExportColumn>();
        foreach (var (name, value) in root.RequiredMap("columns").NamedTexts())
        {
            if (ExportField.All.FirstOrDefault(field => field.Name == value.Text) is { } field)
            {
                columns.Add(new ExportColumn(name.Text, field));
            }
            else
            {
                value.Fault($"There is no field \"{value}\". {NearNames.Hint(value.Text, ExportField.All.Select(known => known.Name), "fields")}");
            }
        }

        if (columns.Count == 0)
        {
            root.Fault("columns", "\"columns\" has a line for each column, such as « Email: email ».");
        }

        return columns;
    }

    private static Route ReadRoute(DefinitionMap root)
    {
        var kind = root.RequiredTextValue("to");
        switch (kind.Text)
        {
            case "file":
                return new FileRoute(root.RequiredText("path"), Format(root));
            case "folder":
                return new FolderRoute(root.RequiredText("path"), Format(root));
            case "postgres":
                return Postgres(root);
            case "webhook":
                return Webhook(root);
            default:
                if (kind.Text.Length > 0)
                {
                    kind.Fault($"A list cannot go to \"{kind}\". {NearNames.Hint(kind.Text, Kinds, "kinds of destination")}");
                }

                return new FileRoute("", FileFormat.Csv);
        }
    }

    private static FileFormat Format(DefinitionMap root) => root.Choice("format", Formats) ?? FileFormat.Csv;

    private static PostgresRoute Postgres(DefinitionMap root)
    {
        var connection = root.RequiredTextValue("connection");
        try
        {
            if (new NpgsqlConnectionStringBuilder(connection.Text).Password is { Length: > 0 })
            {
                connection.Fault("A password does not belong into a definition: set the environment variable PGPASSWORD, or keep a password file (~/.pgpass).");
            }
        }
        catch (ArgumentException wrong)
        {
            connection.Fault($"This is no connection to PostgreSQL: {wrong.Message}");
        }

        return new PostgresRoute(connection.Text, root.Text("schema") ?? "public", root.RequiredText("table"));
    }

    private static WebhookRoute Webhook(DefinitionMap root)
    {
        var url = root.RequiredTextValue("url");
        if (!Uri.TryCreate(url.Text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            if (url.Text.Length > 0)
            {
                url.Fault($"\"{url}\" is no address of a web server, such as https://mail.example.org/lists.");
            }

            address = new Uri("https://localhost");
        }
        else if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            url.Fault("Personal data goes over https, or stays on this machine.");
        }

        var retry = root.Map("retry");
        return new WebhookRoute(
            address,
            root.RequiredText("secret"),
            root.Whole("batch", 1, 10_000) ?? 500,
            retry?.Whole("attempts", 1, 50) ?? 8,
            TimeSpan.FromSeconds((double)(retry?.Number("pause", 0, 300) ?? 1)),
            TimeSpan.FromSeconds((double)(root.Number("timeout", .001m, 600) ?? 30)));
    }
}
