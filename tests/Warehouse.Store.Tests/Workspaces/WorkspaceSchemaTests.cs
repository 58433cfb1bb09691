using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Workspaces;

/// <summary>What editors are told of <c>warehouse.yaml</c> is what is read of it.</summary>
public sealed class WorkspaceSchemaTests : IDisposable
{
    private const string Whole =
        """
        name: Shop
        database: shop.duckdb
        time_zone: Europe/London
        currency: GBP
        calendar: {from: 2000-01-01, to: 2036-01-01, fiscal_year_starts: 4, holidays: {2026-12-25: Christmas}}
        limits: {memory: 8GB, threads: 2}
        network: {allow: [files.intern]}
        service:
          urls: [http://127.0.0.1:8765]
          tls: {certificate: a.pem, key: b.pem}
          proxies: [10.0.0.7]
          limits: {queries_at_once: 4, waiting: 8, requests_per_minute: 60, seconds: 30, memory_mb: 512, upload_mb: 64}
          issuer: {authority: "https://login.example.com/", audience: warehouse, role_claim: role, cubes_claim: cubes}
        jobs:
          load: {run: load, at: 0 2 * * *, time_zone: Europe/Paris, misfire: skip, retries: {times: 2, wait: 5 minutes}, limit: 4 hours}
          score: {run: churn score, every: 1 day, after: [load]}
        """;

    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Workspace_AgreesWithItsSchema()
    {
        _folder.Write("holidays.csv", "2026-12-25,Christmas\n");
        _folder.Write("zzz", ""); // What a mapping of holidays becomes, as a text, is the name of a file.
        var agreement = new SchemaAgreement(
            Assert.Single(DefinitionSchema.Of(typeof(Workspace).Assembly)),
            text =>
            {
                _folder.Write(Workspace.FileName, text);
                try
                {
                    _ = Workspace.Open(_folder.Path);
                    return [];
                }
                catch (DefinitionException faulty)
                {
                    return faulty.Faults;
                }
            });

        agreement.RequireRight(Whole, "name: 5\ncurrency: EUR\n", "name: a\ncurrency: EUR\ncalendar: {holidays: holidays.csv}\n");
        agreement.RequireSameKeys(Whole);
        agreement.RequireSameKinds(Whole);
        agreement.RequireWrong(
            "currency: EUR\n",
            "name: a\n",
            "name: a\ncurrency: euro\n",
            "name: a\ncurrency: EUR\ncalendar: {from: 1.1.2026}\n",
            "name: a\ncurrency: EUR\ncalendar: {fiscal_year_starts: 13}\n",
            "name: a\ncurrency: EUR\ncalendar: {holidays: {Christmas: 2026-12-25}}\n",
            "name: a\ncurrency: EUR\nlimits: {memory: lots}\n",
            "name: a\ncurrency: EUR\nlimits: {threads: 0}\n",
            "name: a\ncurrency: EUR\njobs: {load: {at: 0 2 * * *}}\n",
            "name: a\ncurrency: EUR\njobs: {load: {run: load}}\n",
            "name: a\ncurrency: EUR\njobs: {load: {run: load, at: 0 2 * * *, every: 1 day}}\n",
            "name: a\ncurrency: EUR\njobs: {load: {run: load, every: 30m}}\n",
            "name: a\ncurrency: EUR\njobs: {load: {run: load, every: 1 day, misfire: never}}\n",
            "name: a\ncurrency: EUR\njobs: {load: {run: load, every: 1 day, retries: {times: 0}}}\n");
    }
}
