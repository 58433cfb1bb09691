using System.Globalization;
using System.Text;

namespace Warehouse.Acceptance;

/// <summary>A small workspace whose customers come, buy by a rhythm of their own for three years, complain, and leave.</summary>
internal static class BusyShop
{
    public static SmallShop Create()
    {
        var shop = new SmallShop(lines: 0);
        var orders = new StringBuilder("order,line,at,customer,product,quantity,price\n");
        var random = new Random(20240315);
        for (var customer = 0; customer < 300; customer++)
        {
            var (days, order) = (random.NextDouble() * 900, 0);
            var rhythm = 20 - (60 * Math.Log(1 - random.NextDouble()));
            for (var stays = true; stays && days < 1090; days -= rhythm * Math.Log(1 - random.NextDouble()), stays = random.NextDouble() > (customer % 2 == 0 ? .02 : .5), order++)
            {
                for (var line = 0; line < 3; line++)
                {
                    orders.Append(
                        CultureInfo.InvariantCulture,
                        $"O{customer}/{order},{line},{new DateTime(2022, 1, 1).AddDays(days):yyyy-MM-dd HH:mm:ss},C{customer},P{(customer % 5) + line},1,{10 + (customer % 40) + random.Next(10)}\n");
                }
            }
        }

        orders.Append("last,0,2024-12-28 10:00:00,C1,P1,1,10\n");
        shop.Write("data/orders.csv", orders.ToString());
        shop.Write(
            "feeds/contacts.yaml",
            """
            feed: contacts
            source: {files: data/contacts.csv}
            identity: shop
            known: at_event
            into: contact
            columns:
              contact_id: contact
              customer: customer
              channel: channel
              topic: topic
              is_complaint: complaint
              opened_at: opened
              resolved_at: resolved
              waiting_seconds: waiting
              agent: agent
              satisfaction: satisfaction
            """);
        var contacts = new StringBuilder("contact,customer,channel,topic,complaint,opened,resolved,waiting,agent,satisfaction\n");
        for (var contact = 0; contact < 120; contact++)
        {
            var opened = new DateOnly(2024, 1, 5).AddDays(contact * 355 / 120);
            contacts.Append(
                CultureInfo.InvariantCulture,
                $"K{contact},C{contact % 60},{(contact % 3 == 0 ? "phone" : "chat")},{(contact % 4 == 0 ? "delivery" : "invoice")},{contact % 2 == 0},{opened:yyyy-MM-dd} 09:00:00,{(contact % 5 == 0 ? "" : $"{opened.AddDays(2):yyyy-MM-dd} 09:00:00")},{contact % 200},A{contact % 3},{(contact % 5) + 1}\n");
        }

        shop.Write("data/contacts.csv", contacts.ToString());
        return shop;
    }
}
