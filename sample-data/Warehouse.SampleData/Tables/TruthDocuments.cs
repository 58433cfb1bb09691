using System.Text.Json;
using Warehouse.SampleData.Customers;

namespace Warehouse.SampleData.Tables;

/// <summary>The parts of the truth that are not tables.</summary>
internal static class TruthDocuments
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static void Write(string folder, RetailTotals totals)
    {
        Write(folder, "control_totals.json", totals);
        Write(folder, "parameters.json", new
        {
            BgNbd = new { Population.R, Population.Alpha, Population.A, Population.B },
            GammaGamma = new { P = Population.SpendP, Q = Population.SpendQ, V = Population.SpendGamma },
            Complaints = new
            {
                PerShopOrder = Population.ComplaintPerShopOrder,
                PerWebOrder = Population.ComplaintPerWebOrder,
                Population.PatienceDays,
                Population.LeavesUnresolved,
                Population.LeavesResolved,
            },
            Population.ChurnHorizonDays,
        });
    }

    private static void Write(string folder, string file, object document) =>
        File.WriteAllText(Path.Combine(folder, file), JsonSerializer.Serialize(document, s_json) + "\n");
}
