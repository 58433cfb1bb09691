using Warehouse.DuckDb;
using Warehouse.SampleData.Blocks;
using Warehouse.SampleData.Dirt;

namespace Warehouse.SampleData.Tables;

/// <summary>The Parquet files: those of the data that come as Parquet, and the truth. They are filled block by block in a
/// database that spills to disk.</summary>
internal sealed class RetailTables : IDisposable
{
    private const string WebshopFile = "customers/webshop.parquet";
    private const string TouchesFile = "campaigns/touches.parquet";

    private readonly World _world;
    private readonly DuckDBConnection _connection;
    private readonly ParquetTable<WebAccountRow> _webshop;
    private readonly ParquetTable<TouchRow> _touches;
    private readonly ParquetTable<TouchFaultRow> _touchFaults;
    private readonly ParquetTable<CustomerRow> _customers;
    private readonly ParquetTable<ReferenceRow> _references;
    private readonly ParquetTable<ChurnRow> _churn;
    private readonly ParquetTable<EffectRow> _effects;

    public RetailTables(World world, string temporaryFolder)
    {
        _world = world;
        _connection = new DuckDBConnection(new DuckDBConnectionStringBuilder
        {
            DataSource = DuckDBConnectionStringBuilder.InMemory,
            ["memory_limit"] = "1GB",
            ["temp_directory"] = Path.Combine(temporaryFolder, "tables"),
        }.ConnectionString);
        _connection.Open();
        _webshop = new(_connection, "webshop");
        _touchFaults = new(_connection, "touch_faults");
        _touches = new(_connection, "touches");
        _customers = new(_connection, "customers");
        _references = new(_connection, "person_references");
        _churn = new(_connection, "churn");
        _effects = new(_connection, "campaign_effects");
    }

    public void Append(Block block)
    {
        _webshop.Append(block.WebAccounts);
        _touches.Append(block.Touches);
        _customers.Append(block.Customers);
        _references.Append(block.References);
        _churn.Append(block.Churn);
        _effects.Append(block.Effects);
    }

    /// <summary>Writes the Parquet files of the data; returns their totals and logs their faults.</summary>
    public IReadOnlyList<FileTotals> WriteData(string dataFolder, FaultLog log)
    {
        _webshop.Write(dataFolder, WebshopFile);
        _touchFaults
            .Append(TouchFaultRow.Draw(_world.Options.Seed, _world.DataSets.All.Count, _touches.Rows))
            .Close();
        _touches.Write(dataFolder, TouchesFile);
        var outcomes = LogTouchFaults(log).ToLookup(outcome => outcome);
        return
        [
            new FileTotals { File = WebshopFile, Rows = _webshop.Rows, Rejected = 0, Duplicates = 0 },
            new FileTotals
            {
                File = TouchesFile,
                Rows = _touches.Rows + outcomes[Outcome.Duplicate].Count(),
                Rejected = outcomes[Outcome.Reject].Count(),
                Duplicates = outcomes[Outcome.Duplicate].Count(),
            },
        ];
    }

    public void WriteTruth(string truthFolder, FaultLog log)
    {
        _customers.Write(truthFolder, "customers.parquet");
        _references.Write(truthFolder, "references.parquet");
        _churn.Write(truthFolder, "churn.parquet");
        _effects.Write(truthFolder, "campaign_effects.parquet");
        _connection.Copy("campaigns_file", Path.Combine(truthFolder, "campaigns.parquet"));
        WriteWhole(truthFolder, "basket_rules", RuleRow.Of(_world.Catalogue.Rules));
        WriteWhole(truthFolder, "dirt", log.All().Select(fault => new FaultRow(fault)));
        WriteWhole(truthFolder, "clock", ClockRow.Of(_world.Clock));
    }

    public void Dispose()
    {
        _webshop.Dispose();
        _touchFaults.Dispose();
        _touches.Dispose();
        _customers.Dispose();
        _references.Dispose();
        _churn.Dispose();
        _effects.Dispose();
        _connection.Dispose();
    }

    private void WriteWhole<T>(string folder, string name, IEnumerable<T> rows)
        where T : IParquetRow
    {
        using var table = new ParquetTable<T>(_connection, name);
        table.Append(rows).Write(folder, $"{name}.parquet");
    }

    private List<Outcome> LogTouchFaults(FaultLog log)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = SqlFile.Read("touches_faults");
        using var reader = command.ExecuteReader();
        var outcomes = new List<Outcome>();
        while (reader.Read())
        {
            var (kind, outcome) = TouchFaultRow.Kinds.Single(fault => fault.Kind == reader.GetString(1));
            log.Add(new Fault(TouchesFile, reader.GetInt64(0), kind, null, outcome, null, 0));
            outcomes.Add(outcome);
        }

        return outcomes;
    }
}
