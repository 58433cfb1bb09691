using Warehouse.Analysis.Contacts;
using Warehouse.Analysis.Customers;
using Warehouse.Analysis.Lifecycle;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Contacts;

public sealed class ContactAnalysisTests
{
    private static readonly AsOf June = AsOf.EndOf(new DateOnly(2024, 6, 30), TimeZoneInfo.Utc);

    [Fact]
    public async Task Service_CountsAnswersInTime_ResolutionAtFirst_AndRepeats()
    {
        await using var warehouse = await ShopAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var result = await ContactAnalysis.ServiceAsync(connection, new ContactOptions(June), default);

        // Delivery: 1 comes back after three days (a repeat), 2 once, resolved only after the date; refund: one, resolved.
        Assert.Equal(
            [("delivery", 3L, 3L, 3L, 2L, 2L, 0L, 1L), ("refund", 1L, 0L, 1L, 0L, 1L, 1L, 0L)],
            result.Rows.Select(row => (
                row.Name, row.Contacts, row.Complaints, row.Answered, row.AnsweredInTime, row.Resolved, row.ResolvedAtFirst, row.Repeats)));
        Assert.Equal(2.5, result.Rows[0].Satisfaction);
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("channel")]
    [InlineData("tier")]
    public async Task EveryGrouping_AddsUpToTheSame(string by)
    {
        await using var warehouse = await ShopAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var result = await ContactAnalysis.ServiceAsync(connection, new ContactOptions(June) { By = by }, default);

        Assert.Equal((4, 3), (result.Rows.Sum(row => row.Contacts), result.Rows.Sum(row => row.Complaints)));
    }

    [Fact]
    public async Task Queue_HoldsComplaintsOpenOnTheDate_ThoseDueBeforeItFirst()
    {
        await using var warehouse = await ShopAsync();
        await warehouse.RunAsync(
            """
            INSERT INTO mart.snapshot VALUES (DATE '2024-06-30', '', false, 0, 0, 1, NULL, now());
            INSERT INTO mart.customer_snapshot (as_of, customer_key, value_tier, monetary) VALUES (DATE '2024-06-30', 2, 'A', 500)
            """);
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var queue = await ContactAnalysis.QueueAsync(connection, new ContactOptions(June), default);
        var later = await ContactAnalysis.QueueAsync(connection, new ContactOptions(AsOf.EndOf(new DateOnly(2024, 7, 10), TimeZoneInfo.Utc)), default);

        var one = Assert.Single(queue.Rows);
        Assert.Equal(("K3", 2, "A", 500m, true), (one.ContactId, one.CustomerKey, one.Tier, one.Value, one.IsOverdue));
        Assert.Equal(one.OpenedAt.AddHours(24), one.DueAt);
        Assert.Empty(later.Rows);
        Assert.NotEmpty(later.Notes);
    }

    [Fact]
    public async Task UnknownGrouping_IsAWrongCommandWithNearNames()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var fault = await Assert.ThrowsAsync<WrongCommandException>(
            () => ContactAnalysis.ServiceAsync(connection, new ContactOptions(June) { By = "topics" }, default));

        Assert.Contains("\"topic\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomerView_HoldsHistoryStageAndOpenCases_AsOfTheDate()
    {
        await using var warehouse = await ShopAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var view = await CustomerViews.ShowAsync(connection, "C2", June, StageMap.Customary, new KeptPopulation(), default);

        Assert.Equal((2, 1L, 20m, "intensive care"), (view.CustomerKey, view.OrderCount, view.Amount, view.Stage));
        Assert.Contains("1 complaint is not resolved", view.StageReason, StringComparison.Ordinal);
        Assert.Equal(["K3"], view.OpenCases.Select(one => one.ContactId));
        Assert.Equal(["O2"], view.Orders.Select(order => order.OrderId));
        await Assert.ThrowsAsync<WrongCommandException>(() => CustomerViews.ShowAsync(connection, "C99", June, StageMap.Customary, new KeptPopulation(), default));
    }

    private static async Task<FreshWarehouse> ShopAsync()
    {
        var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(1, 2, 3);
        await warehouse.AddSalesAsync(
            new Sale(2, new DateOnly(2024, 6, 1), "O2", 20), new Sale(2, new DateOnly(2024, 7, 5), "O3", 30));
        await warehouse.RunAsync(
            """
            INSERT INTO star.dim_reason VALUES (0, 'delivery', true, 0), (1, 'refund', false, 0);
            INSERT INTO star.fact_contact BY NAME
            SELECT key AS contact_key, 'K' || key AS contact_id, customer AS customer_key, -1 AS customer_version_key, -1 AS channel_key,
                reason AS reason_key, -1 AS agent_key, -1 AS product_key, CAST(opened AS DATE) AS date_key, opened AS opened_at,
                opened AS answered_at, resolved AS resolved_at, true AS is_answered, true AS is_resolved, reason = 0 AS is_complaint,
                waiting AS waiting_seconds, satisfaction, opened AS known_at, 0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
            FROM (VALUES
                (1, 1, 0, TIMESTAMPTZ '2024-06-10 09:00:00+00', TIMESTAMPTZ '2024-06-11 09:00:00+00', 30, 2::TINYINT),
                (2, 1, 0, TIMESTAMPTZ '2024-06-13 08:00:00+00', TIMESTAMPTZ '2024-06-14 09:00:00+00', 60, 3::TINYINT),
                (3, 2, 0, TIMESTAMPTZ '2024-06-20 09:00:00+00', TIMESTAMPTZ '2024-07-02 09:00:00+00', 90, NULL),
                (4, 3, 1, TIMESTAMPTZ '2024-06-20 09:00:00+00', TIMESTAMPTZ '2024-06-21 09:00:00+00', 200, 5::TINYINT)
            ) AS contact (key, customer, reason, opened, resolved, waiting, satisfaction)
            """);
        return warehouse;
    }
}
