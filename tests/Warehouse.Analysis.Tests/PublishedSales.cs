using Warehouse.Testing;

namespace Warehouse.Analysis.Tests;

/// <summary>Public data sets as sales of a fresh warehouse.</summary>
internal static class PublishedSales
{
    public const string OnlineRetailFile = "online_retail/online_retail.csv.gz";
    public const string CdnowSampleFile = "cdnow/CDNOW_sample.txt";
    public const string CdnowFile = "cdnow/CDNOW_master.txt";

    /// <summary>The invoice lines with a customer; a cancelled invoice (its number begins with C) is a return.</summary>
    public static Task<FreshWarehouse> OnlineRetailAsync() => LoadAsync(
        OnlineRetailFile,
        """
        SELECT CAST(CustomerID AS DOUBLE)::INTEGER AS customer, CAST(InvoiceDate AS DATE) AS day, InvoiceNo AS invoice,
            CAST(Quantity AS DECIMAL(18,4)) AS quantity, CAST(UnitPrice AS DECIMAL(18,4)) AS price, InvoiceNo LIKE 'C%' AS is_return
        FROM read_csv($file, header = true, all_varchar = true)
        WHERE CustomerID IS NOT NULL AND CustomerID <> ''
        """);

    /// <summary>The purchases, each an order of its own.</summary>
    public static Task<FreshWarehouse> CdnowAsync() => LoadAsync(
        CdnowFile,
        """
        SELECT CAST(part[1] AS INTEGER) AS customer, CAST(strptime(part[2], '%Y%m%d') AS DATE) AS day, 'P' || row_number() OVER () AS invoice,
            CAST(1 AS DECIMAL(18,4)) AS quantity, CAST(part[4] AS DECIMAL(18,4)) AS price, false AS is_return
        FROM (
            SELECT string_split_regex(trim(line), '\s+') AS part
            FROM read_csv($file, header = true, columns = {'line': 'VARCHAR'}, delim = '\0', quote = '', escape = '', auto_detect = false)
        )
        WHERE len(part) = 4
        """);

    /// <summary>The tenth of CDNOW that lifetime models are published on: purchases of one day are one order, at the end of its day.</summary>
    public static async Task<FreshWarehouse> CdnowSampleAsync()
    {
        var warehouse = await LoadAsync(
            CdnowSampleFile,
            """
            SELECT CAST(part[2] AS INTEGER) AS customer, CAST(strptime(part[3], '%Y%m%d') AS DATE) AS day, part[2] || '/' || part[3] AS invoice,
                CAST(1 AS DECIMAL(18,4)) AS quantity, CAST(part[5] AS DECIMAL(18,4)) AS price, false AS is_return
            FROM (
                SELECT string_split_regex(trim(line), '\s+') AS part
                FROM read_csv($file, header = false, columns = {'line': 'VARCHAR'}, delim = '\0', quote = '', escape = '', auto_detect = false)
            )
            WHERE len(part) = 5
            """);
        await warehouse.RunAsync("UPDATE star.fact_sale SET ordered_at = ordered_at + INTERVAL '23:59:59.999999'");
        return warehouse;
    }

    private static async Task<FreshWarehouse> LoadAsync(string name, string lines)
    {
        var path = SharedData.Find(name);
        Skip.If(path is null, SharedData.Missing(name));
        var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.RunAsync(
            $"""
            INSERT INTO star.fact_sale
            SELECT row_number() OVER () - 1, customer, -1, -1, -1, -1, -1, day, day, invoice, '', quantity, price,
                quantity * price, 0, quantity * price, NULL, quantity * price, 'GBP', is_return, NULL, day, 0, -1, 0, -1
            FROM ({lines})
            """,
            ("file", path));
        return warehouse;
    }
}
