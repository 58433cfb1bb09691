using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>
/// What the columns of targets are called in files, in the vocabulary of <see cref="NameTokens"/>. A name with more words
/// than these is taken too, as less sure.
/// </summary>
internal static class ColumnNames
{
    private static readonly Dictionary<Target, string> Entities = new()
    {
        [TargetCatalogue.Customer] = "customer",
        [TargetCatalogue.Product] = "product",
        [TargetCatalogue.Location] = "store",
        [TargetCatalogue.Campaign] = "campaign",
        [TargetCatalogue.Contact] = "contact",
        [TargetCatalogue.Sale] = "order",
    };

    private static readonly Dictionary<(string Target, string Column), string> Names = new()
    {
        [("exchange_rate", "currency")] = "from currency, currency, currency id",
        [("exchange_rate", "valid_from")] = "valid from, date, from date, rate date",
        [("exchange_rate", "rate")] = "rate, currency rate",

        [("product", "id")] = "product id, product",
        [("product", "name")] = "product name, product description, description, name",
        [("product", "category")] = "category, product category, product category name, category name, category id",
        [("product", "subcategory")] = "subcategory, product subcategory",
        [("product", "brand")] = "brand, product brand, brand name",
        [("product", "unit_cost")] = "unit cost, cost, product cost",
        [("product", "list_price")] = "list price, unit price, price, product price",
        [("product", "launched_on")] = "launched, launched date, product launched",
        [("product", "is_replenished")] = "replenished",
        [("product", "valid_from")] = "valid from, valid time, valid date",

        [("location", "id")] = "store id, store",
        [("location", "name")] = "store name, name, description",
        [("location", "format")] = "format, store format, category",
        [("location", "city")] = "city, store city",
        [("location", "region")] = "region, store region",
        [("location", "country")] = "country, store country",
        [("location", "opened_on")] = "opened, opened date, store opened",

        [("campaign", "id")] = "campaign id, campaign",
        [("campaign", "wave")] = "wave, wave id, campaign wave",
        [("campaign", "name")] = "campaign name, name, description",
        [("campaign", "channel")] = "channel",
        [("campaign", "offer")] = "offer",
        [("campaign", "starts_on")] = "opened, starts, opened date, starts date, from date, valid from",
        [("campaign", "ends_on")] = "closed, ends, closed date, ends date, to date",
        [("campaign", "cost_per_contact")] = "cost, cost per contact, cost contact",

        [("customer", "id")] = "customer id, customer",
        [("customer", "given_name")] = "first name, first, customer first name",
        [("customer", "family_name")] = "last name, last, customer name, contact name, company name, name, customer last name",
        [("customer", "email")] = "email, customer email",
        [("customer", "phone")] = "phone, customer phone, phone id",
        [("customer", "street")] = "street, customer street",
        [("customer", "postcode")] = "postcode, postcode id, customer postcode",
        [("customer", "city")] = "city, customer city",
        [("customer", "region")] = "region, customer region",
        [("customer", "country")] = "country, customer country",
        [("customer", "birth_year")] = "birth year, birth date, birth",
        [("customer", "gender")] = "gender, customer gender",
        [("customer", "occupation")] = "occupation",
        [("customer", "household_id")] = "household id, household",
        [("customer", "language")] = "language",
        [("customer", "acquisition_channel")] = "acquisition channel",
        [("customer", "registered_on")] = "registered, registered date, registered time, customer registered",
        [("customer", "confirmed_on")] = "confirmed, last confirmed, confirmed date",
        [("customer", "valid_from")] = "valid from, valid time, valid date, valid",

        [("consent", "customer")] = "customer id, customer, email, customer email",
        [("consent", "channel")] = "channel",
        [("consent", "purpose")] = "purpose",
        [("consent", "is_granted")] = "granted",
        [("consent", "stated_at")] = "stated time, stated, stated date, date, time, date time, granted date, granted time",

        [("sale", "order_id")] = "order id, order, order name, contact id",
        [("sale", "line_id")] = "order line, line, line id, order line id",
        [("sale", "ordered_at")] = "order date, order time, order date time, date, time, date time, amount date",
        [("sale", "customer")] = "customer id, customer, email, customer email, customer phone, loyalty id, household id, household",
        [("sale", "product")] = "product id, product, product name, product description, description",
        [("sale", "location")] = "store id, store, store name",
        [("sale", "channel")] = "channel, order channel, amount channel",
        [("sale", "quantity")] = "quantity, order quantity, product quantity, id quantity, unit quantity",
        [("sale", "unit_price")] = "unit price, price, product price, order price, amount unit",
        [("sale", "discount_amount")] = "product discount, line discount, product discount amount, line discount amount, discount, discount amount",
        [("sale", "cost_amount")] = "cost, cost amount",
        [("sale", "currency")] = "currency, currency id, order currency",
        [("sale", "returned_order_id")] = "return order, return order id",
        [("sale", "returned_line_id")] = "return line, return line id",

        [("contact", "contact_id")] = "contact id, contact, complaint id",
        [("contact", "customer")] = "customer id, customer, email, customer email, phone, customer phone",
        [("contact", "channel")] = "channel, contact channel",
        [("contact", "topic")] = "topic, contact topic, category",
        [("contact", "is_complaint")] = "complaint",
        [("contact", "opened_at")] = "opened time, opened, opened date, date, contact date, contact time, date time, time",
        [("contact", "answered_at")] = "answered time, answered date, answered",
        [("contact", "escalated_at")] = "escalated time, escalated, escalated date",
        [("contact", "resolved_at")] = "resolved time, resolved date, resolved",
        [("contact", "reopened_at")] = "reopened time, reopened, reopened date",
        [("contact", "closed_at")] = "closed time, closed, closed date",
        [("contact", "is_answered")] = "answered",
        [("contact", "is_resolved")] = "resolved",
        [("contact", "waiting_seconds")] = "waiting, waiting seconds, waiting time, waiting answered seconds, waiting answered",
        [("contact", "talk_seconds")] = "talk, talk seconds, talk time",
        [("contact", "agent")] = "agent, agent name, agent id",
        [("contact", "product")] = "product id, product",
        [("contact", "order_id")] = "order id, order",
        [("contact", "satisfaction")] = "satisfaction, satisfaction id",

        [("touch", "campaign")] = "campaign id, campaign, campaign name",
        [("touch", "wave")] = "wave, wave id",
        [("touch", "customer")] = "customer id, customer, email, customer email, household id",
        [("touch", "arm")] = "arm",
        [("touch", "assigned_at")] = "assigned time, assigned, assigned date, date, time",
        [("touch", "sent_at")] = "sent time, sent, sent date",
        [("touch", "delivered_at")] = "delivered time, delivered, delivered date",
        [("touch", "bounced_at")] = "bounced time, bounced",
        [("touch", "opened_at")] = "opened time, opened, opened date",
        [("touch", "clicked_at")] = "clicked time, clicked",
        [("touch", "replied_at")] = "replied time, replied",
        [("touch", "converted_at")] = "converted time, converted",
        [("touch", "unsubscribed_at")] = "unsubscribed time, unsubscribed",
        [("touch", "cost_amount")] = "cost, cost amount",
    };

    /// <summary>What the identifier of a person is called where the table says no more of whom.</summary>
    private static readonly string[] PlainIds = ["id", "record id", "contact id", "person id"];

    private static readonly Dictionary<(string, string), string[][]> Patterns = Names.ToDictionary(
        entry => entry.Key, entry => entry.Value.Split(", ").Select(pattern => pattern.Split(' ')).ToArray());

    private static readonly string[][] Amounts = [["amount"], ["line", "amount"], ["order", "amount"], ["amount", "price"], ["product", "amount"]];

    /// <summary>How sure a column's name says that it is a target's column, 0 to 1.</summary>
    /// <param name="target">The target.</param>
    /// <param name="column">Its column.</param>
    /// <param name="words">The words of the name.</param>
    /// <param name="table">The words of the table's name: « id » of a table of customers is a customer's.</param>
    public static double Score(Target target, string column, IReadOnlyList<string> words, IReadOnlyList<string> table)
    {
        if (!Patterns.TryGetValue((target.Name, column), out var patterns))
        {
            return 0;
        }

        var alone = patterns.Index().Max(pattern => Likeness(pattern.Item, pattern.Index, words));
        return Entities.TryGetValue(target, out var entity) && table.Contains(entity) && !words.Contains(entity)
            ? Math.Max(alone, patterns.Index().Where(pattern => pattern.Item.Length > words.Count).Select(pattern => Likeness(pattern.Item, pattern.Index, [entity, .. words]) - .01).DefaultIfEmpty().Max())
            : alone;
    }

    /// <summary>Whether a name is that of an identifier that could be a person's, and says no more.</summary>
    public static bool IsPlainId(IReadOnlyList<string> words) => PlainIds.Contains(string.Join(' ', words));

    /// <summary>How sure a column's name says that it is what a whole line of an order comes to, 0 to 1.</summary>
    public static double AmountScore(IReadOnlyList<string> words) =>
        Amounts.Index().Max(pattern => Likeness(pattern.Item, pattern.Index, words));

    /// <summary>Whether « id » alone is the name of what the table holds.</summary>
    public static bool IsEntityOf(Target target, IReadOnlyList<string> table) => Entities.TryGetValue(target, out var entity) && table.Contains(entity);

    private static double Likeness(string[] pattern, int place, IReadOnlyList<string> words)
    {
        var common = pattern.Count(words.Contains);
        return common < pattern.Length ? 0
            : words.Count == pattern.Length ? 1 - (.02 * place)
            : words.Count == pattern.Length + 1 ? .7 - (.02 * place)
            : .5 - (.02 * place);
    }
}
