using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Warehouse.DuckDb.Databases;

/// <summary>What a connection string asks for, checked.</summary>
/// <param name="Location">Where the database is.</param>
/// <param name="Settings">What the instance starts with: all connections share it.</param>
/// <param name="SessionSettings">What each connection sets for itself, such as the progress bar.</param>
internal sealed record DatabaseOptions(
    DatabaseLocation Location,
    ImmutableSortedDictionary<string, string> Settings,
    ImmutableSortedDictionary<string, string> SessionSettings)
{
    private const string AccessModeSetting = "access_mode";

    /// <summary>What the provider decides for every database; a connection string may not say otherwise.</summary>
    private static readonly FrozenDictionary<string, string> ProviderSettings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A key is unknown, a value is not possible, or there is no data source.</exception>
    public static DatabaseOptions From(DuckDBConnectionStringBuilder builder)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var sessionSettings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        settings.AddRange(ProviderSettings);
        foreach (string key in builder.Keys)
        {
            var value = Convert.ToString(builder[key], System.Globalization.CultureInfo.InvariantCulture) ?? "";
            if (string.Equals(key, DuckDBConnectionStringBuilder.DataSourceKey, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (string.Equals(key, DuckDBConnectionStringBuilder.AccessModeKey, StringComparison.OrdinalIgnoreCase))
            {
                settings[AccessModeSetting] = AccessMode(value);
                continue;
            }

            var name = EngineSettings.NameOf(key);
            if (ProviderSettings.TryGetValue(name, out var always))
            {
                throw new ArgumentException(
                    $"'{name}' cannot be set: the provider always sets it to {always}, so that no statement reaches for the network.");
            }

            (EngineSettings.CanStartWith(name, value) ? settings : sessionSettings)[name] = value;
        }

        return new DatabaseOptions(DatabaseLocation.Parse(builder.DataSource), settings.ToImmutable(), sessionSettings.ToImmutable());
    }

    private static string AccessMode(string value) => value.ToUpperInvariant() switch
    {
        "READ_WRITE" or "READWRITE" => "READ_WRITE",
        "READ_ONLY" or "READONLY" => "READ_ONLY",
        _ => throw new ArgumentException($"Access Mode is '{value}'; it is read_write or read_only."),
    };
}
