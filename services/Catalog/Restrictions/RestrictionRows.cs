using System.Text.Json;
using Dapper;
using MiStore.Messaging;

namespace MiStore.Catalog.Restrictions;

/// <summary>A product's restrictions in the database: always the whole list.</summary>
static class RestrictionRows
{
    public static async Task Replace(UnitOfWork unit, string product, IReadOnlyList<Restriction> restrictions)
    {
        var rows = JsonSerializer.Serialize(
            RestrictionRules.Each(restrictions).Select((each, position) => new
            {
                each.Market, position,
                each.Restriction.Reason, each.Restriction.Owner, each.Restriction.ReviewOn, each.Restriction.Texts,
            }),
            JsonSerializerOptions.Web);
        await unit.Connection.ExecuteAsync(
            """
            delete from restrictions where product = @product;
            insert into restrictions (product, market, reason, position, owner, review_on, texts)
            select @product, market, reason, position, owner, "reviewOn", texts
            from jsonb_to_recordset(@rows::jsonb) as entries
                (market text, reason text, position int, owner text, "reviewOn" date, texts jsonb)
            """,
            new { product, rows }, unit.Transaction);
    }

    public static async Task<IReadOnlyList<Restriction>> Read(UnitOfWork unit, string product)
    {
        var rows = await unit.Connection.ExecuteScalarAsync<string>(
            """
            select coalesce(jsonb_agg(jsonb_build_object(
                'markets', markets, 'reason', reason, 'owner', owner, 'reviewOn', review_on, 'texts', texts)
                order by place), '[]')
            from (
                select jsonb_agg(market order by position) as markets, min(position) as place,
                    reason, owner, review_on, texts
                from restrictions where product = @product
                group by reason, owner, review_on, texts) as alike
            """,
            new { product }, unit.Transaction);
        return JsonSerializer.Deserialize<Restriction[]>(rows!, JsonSerializerOptions.Web)!;
    }
}
