using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace MiStore.Bench.Search;

/// <summary>
/// Ten thousand products that no two shops would have, written straight into Catalog's tables: names and texts in three
/// languages out of some thousand words, every product on sale in four markets. The same for the same number, every time.
/// </summary>
static class LargeRange
{
    const int Seed = 2015;
    const int WordsOfADescription = 60;

    static readonly string[] Languages = ["en", "de", "fr"];

    static readonly Dictionary<string, string[]> Nouns = new()
    {
        ["en"] = ["charger", "cable", "headphones", "speaker", "lamp", "scale", "backpack", "kettle", "camera", "keyboard", "battery", "case", "bottle", "clock", "fan", "filter", "mouse", "router", "stand", "thermometer"],
        ["de"] = ["Ladegerät", "Kabel", "Kopfhörer", "Lautsprecher", "Lampe", "Waage", "Rucksack", "Wasserkocher", "Kamera", "Tastatur", "Akku", "Hülle", "Flasche", "Uhr", "Ventilator", "Filter", "Maus", "Router", "Ständer", "Thermometer"],
        ["fr"] = ["chargeur", "câble", "casque", "enceinte", "lampe", "balance", "sac", "bouilloire", "appareil", "clavier", "batterie", "étui", "bouteille", "horloge", "ventilateur", "filtre", "souris", "routeur", "support", "thermomètre"],
    };

    static readonly string[] Syllables = ["ba", "den", "fol", "gra", "hin", "jor", "kel", "lum", "mar", "nov", "pil", "quo", "ren", "sta", "tir", "vel", "wun", "zan", "che", "bri"];

    /// <summary>How many texts and offers there are then.</summary>
    public static async Task Fill(NpgsqlConnection connection, int products, string[] markets)
    {
        var random = new Random(Seed);
        // Most words are rare, as in any shop: the further down the list, the seldomer.
        var words = Enumerable.Range(0, 4_000).Select(i => $"{Word(random)}{Syllables[i % 20]}").Distinct().ToArray();

        var rows = new List<object>(products);
        for (var i = 0; i < products; i++)
        {
            var series = Capital(words[random.Next(words.Length)]);
            var noun = random.Next(Nouns["en"].Length);
            rows.Add(new
            {
                slug = $"product-{i}", sku = $"SKU-{i}", position = 1000 + i,
                texts = Languages.ToDictionary(language => language, language => new
                {
                    name = $"{series} {Nouns[language][noun]} {random.Next(100, 1000)}",
                    summary = Sentence(random, words, language, 12),
                    description = Sentence(random, words, language, WordsOfADescription),
                }),
            });
        }

        await connection.ExecuteAsync(
            """
            create temporary table range as
            select * from jsonb_to_recordset(@rows::jsonb) as product (slug text, sku text, position int, texts jsonb);

            insert into products (slug, version, category, position, images, specifications, published_at)
            select slug, 1, (array['wearables', 'power', 'audio'])[1 + position % 3], position, '[]', '[]', '2015-05-01' from range;
            insert into variants (sku, product, position, names) select sku, slug, 1, jsonb_build_object('en', sku) from range;
            insert into product_texts (product, language, name, summary, description)
            select slug, key, value ->> 'name', value ->> 'summary', value ->> 'description' from range, jsonb_each(texts);
            insert into vocabulary (language, word)
            select distinct language, word
            from product_texts, unnest(tsvector_to_array(to_tsvector('simple', name || ' ' || summary || ' ' || description))) as word
            where length(word) <= 60 on conflict do nothing;

            insert into markets (code, version, name, currency, locale, languages)
            select code, 1, code, 'EUR', 'en-' || code, array['en', 'de', 'fr'] from unnest(@markets) as code;
            insert into offers (market, sku, version, schedule, begins, shown)
            select code, sku, 1, @schedule::jsonb, array['2015-05-12'::timestamptz, '2015-06-01'], array[true, true] from unnest(@markets) as code, variants;
            insert into boundaries (market, at) select code, at from unnest(@markets) as code, unnest(array['2015-05-12'::timestamptz, '2015-06-01']) as at;
            insert into availability (market, sku, version, batches)
            select code, sku, 1, @batches::jsonb from unnest(@markets) as code, variants;
            analyze;
            """,
            new
            {
                rows = JsonSerializer.Serialize(rows), markets,
                schedule = """[{"From":"2015-05-12T00:00:00+00:00","State":"upcoming","Price":{"amount":"14.99","currency":"EUR"}},{"From":"2015-06-01T00:00:00+00:00","State":"sellable","Price":{"amount":"14.99","currency":"EUR"},"LimitPerCustomer":5}]""",
                batches = """[{"OpensAt":"2015-06-01T00:00:00+00:00","ClosesAt":null,"Remaining":"many"}]""",
            }, commandTimeout: 300);
    }

    /// <summary>A word that stands in some names of the range, as a shopper would know it.</summary>
    public static string[] Series(IReadOnlyList<string> names) => [.. names.Select(name => name.Split(' ')[0].ToLowerInvariant()).Distinct()];

    static string Sentence(Random random, string[] words, string language, int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            var word = random.Next(5) == 0
                ? Nouns[language][random.Next(20)]
                : words[(int)(words.Length * Math.Pow(random.NextDouble(), 3))];
            text.Append(i == 0 ? Capital(word) : " " + word);
        }

        return text.Append('.').ToString();
    }

    static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
