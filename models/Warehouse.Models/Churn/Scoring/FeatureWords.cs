using System.Globalization;
using Warehouse.Models.Churn.Features;

namespace Warehouse.Models.Churn.Scoring;

/// <summary>What features are called, what they are about, and how a value of one is said.</summary>
internal static class FeatureWords
{
    private static readonly Dictionary<string, (string Topic, string Words, string Missing)> Known = new(StringComparer.Ordinal)
    {
        ["recency_days"] = ("time since the last purchase", "last bought {0:0} days ago", ""),
        ["recency_share"] = ("time since the last purchase", "away for {0:0 %} of the time as a customer", ""),
        ["overdue_ratio"] = ("time since the last purchase", "away {0:0.0} times as long as usual between purchases", "no second purchase yet"),
        ["overdue_longest_ratio"] = ("time since the last purchase", "away {0:0.0} times as long as ever between purchases", "no second purchase yet"),
        ["tenure_days"] = ("time as a customer", "a customer for {0:0} days", ""),
        ["days_registered"] = ("time as a customer", "registered {0:0} days ago", "not registered"),
        ["gap_mean_days"] = ("rhythm of purchases", "buys every {0:0} days", "no second purchase yet"),
        ["gap_deviation_days"] = ("rhythm of purchases", "gaps between purchases vary by {0:0} days", "no second purchase yet"),
        ["gap_longest_days"] = ("rhythm of purchases", "never longer away than {0:0} days", "no second purchase yet"),
        ["gap_last_ratio"] = ("rhythm of purchases", "the last gap was {0:0.0} times the usual", "no second purchase yet"),
        ["purchase_days"] = ("number of purchases", "days with a purchase: {0:0}", ""),
        ["purchase_days_30"] = ("number of purchases", "bought on {0:0} of the last 30 days", ""),
        ["purchase_days_60"] = ("number of purchases", "bought on {0:0} of the last 60 days", ""),
        ["purchase_days_90"] = ("number of purchases", "bought on {0:0} of the last 90 days", ""),
        ["purchase_days_180"] = ("number of purchases", "bought on {0:0} of the last 180 days", ""),
        ["purchase_days_365"] = ("number of purchases", "bought on {0:0} of the last 365 days", ""),
        ["purchase_rate"] = ("number of purchases", "buys on {0:0.0 %} of the days", ""),
        ["purchase_days_trend"] = ("number of purchases", "{0:+0;-0;0} purchases in the last 90 days against the 90 before", ""),
        ["expected_purchases"] = ("purchases to expect", "{0:0.0} purchases to expect by the rhythm so far", "no expectation"),
        ["expected_in_season"] = ("purchases to expect", "{0:0.0} purchases to expect in this season", "season not known"),
        ["probability_alive"] = ("purchases to expect", "still a customer with a probability of {0:0 %} by the rhythm so far", "no expectation"),
        ["season_ahead"] = ("season ahead", "the season ahead brings {0:0 %} of the average", "season not known"),
        ["spent"] = ("spend", "spent {0:#,##0}", ""),
        ["spent_30"] = ("spend", "spent {0:#,##0} in the last 30 days", ""),
        ["spent_90"] = ("spend", "spent {0:#,##0} in the last 90 days", ""),
        ["spent_180"] = ("spend", "spent {0:#,##0} in the last 180 days", ""),
        ["spent_365"] = ("spend", "spent {0:#,##0} in the last 365 days", ""),
        ["spent_trend"] = ("spend", "{0:+#,##0;-#,##0;0} spent in the last 90 days against the 90 before", ""),
        ["spent_per_day"] = ("spend", "spends {0:#,##0} at a purchase", ""),
        ["spent_most"] = ("spend", "spent at most {0:#,##0} at a purchase", ""),
        ["spent_last"] = ("spend", "spent {0:#,##0} at the last purchase", ""),
        ["spent_last_ratio"] = ("spend", "spent {0:0.0} times the usual at the last purchase", ""),
        ["complaints_365"] = ("complaints", "complaints in the last 365 days: {0:0}", ""),
        ["complaints_unresolved"] = ("complaints", "complaints not resolved: {0:0}", ""),
        ["complaints_since_purchase"] = ("complaints", "complaints since the last purchase: {0:0}", ""),
        ["unresolved_since_purchase"] = ("complaints", "complaints since the last purchase not resolved: {0:0}", ""),
        ["complaint_days_open"] = ("complaints", "a complaint since the last purchase was open for {0:0} days", "no complaint since the last purchase"),
        ["days_since_complaint"] = ("complaints", "last complained {0:0} days ago", "never complained"),
        ["contacts_90"] = ("contacts", "contacts in the last 90 days: {0:0}", ""),
        ["contacts_365"] = ("contacts", "contacts in the last 365 days: {0:0}", ""),
        ["contacts_reopened"] = ("contacts", "cases opened again: {0:0}", ""),
        ["waiting_seconds"] = ("contacts", "waited {0:0} seconds for an answer", "never waited for an answer"),
        ["satisfaction_last"] = ("contacts", "was satisfied by {0:0} of 5 last time", "said nothing of satisfaction"),
        ["satisfaction_mean"] = ("contacts", "is satisfied by {0:0.0} of 5", "said nothing of satisfaction"),
        ["messages_180"] = ("campaigns", "messages in the last 180 days: {0:0}", ""),
        ["messages_opened_180"] = ("campaigns", "messages opened in the last 180 days: {0:0}", ""),
        ["messages_clicked_180"] = ("campaigns", "messages clicked in the last 180 days: {0:0}", ""),
        ["offers_taken_365"] = ("campaigns", "offers taken in the last 365 days: {0:0}", ""),
        ["unsubscribed"] = ("campaigns", "unsubscribed: {0:0} times", ""),
        ["days_since_message"] = ("campaigns", "last message {0:0} days ago", "never got a message"),
        ["return_lines"] = ("returns", "lines returned: {0:0}", ""),
        ["returned_share"] = ("returns", "returned {0:0 %} of the spend", ""),
        ["days_since_return"] = ("returns", "last returned something {0:0} days ago", "never returned anything"),
        ["discount_share"] = ("discounts", "{0:0 %} of the price was discount", ""),
        ["lines_per_day"] = ("baskets", "{0:0.0} lines at a purchase", ""),
        ["last_lines"] = ("baskets", "lines at the last purchase: {0:0}", ""),
        ["units_per_line"] = ("baskets", "{0:0.0} units of a product", ""),
        ["price_per_unit"] = ("baskets", "pays {0:0.00} a unit", ""),
        ["main_channel_share"] = ("channel", "{0:0 %} of the purchases by one channel", ""),
        ["channels"] = ("channel", "channels used: {0:0}", ""),
        ["main_category_share"] = ("products", "{0:0 %} of the lines of one category", "products without category"),
        ["categories"] = ("products", "categories bought of: {0:0}", "products without category"),
        ["age_years"] = ("profile", "about {0:0} years old", "age not known"),
        ["days_since_confirmed"] = ("profile", "confirmed the profile {0:0} days ago", "profile never confirmed"),
    };

    private static readonly Dictionary<string, (string Topic, string Caption)> Categories = new(StringComparer.Ordinal)
    {
        ["main_channel"] = ("channel", "buys by"),
        ["main_category"] = ("products", "mostly buys"),
        ["gender"] = ("profile", "gender"),
        ["country"] = ("profile", "country"),
        ["region"] = ("profile", "region"),
        ["acquisition_channel"] = ("profile", "won by"),
    };

    /// <summary>What a feature is about; a feature of somebody's own table is about itself.</summary>
    public static string Topic(string feature) =>
        Known.TryGetValue(feature, out var known) ? known.Topic
        : Categories.TryGetValue(feature, out var category) ? category.Topic
        : feature;

    /// <summary>A value in words.</summary>
    public static string Say(FeatureTable table, int column, float value)
    {
        var name = table.Columns[column].Name;
        if (table.Columns[column].Levels is { } levels)
        {
            var caption = Categories.TryGetValue(name, out var category) ? category.Caption : name;
            return float.IsNaN(value) ? $"{caption}: not known" : $"{caption} {levels[(int)value]}";
        }

        if (Known.TryGetValue(name, out var known))
        {
            return float.IsNaN(value)
                ? known.Missing.Length > 0 ? known.Missing : $"{known.Topic}: not known"
                : string.Format(CultureInfo.InvariantCulture, known.Words, value);
        }

        return float.IsNaN(value) ? $"{name} is not known" : string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.####}");
    }
}
