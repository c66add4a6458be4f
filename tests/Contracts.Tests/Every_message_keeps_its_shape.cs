using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit.Serialization;

namespace MiStore.Contracts.Tests;

/// <summary>
/// Each message has a sample, as it goes over the wire, in Samples/. A shape that changes shows up here and in the diff,
/// where people can talk about it: services of the version before and after have to understand each other.
/// </summary>
public sealed class Every_message_keeps_its_shape
{
    static readonly JsonSerializerOptions Wire = SystemTextJsonMessageSerializer.Options;

    /// <summary>Every record of the contracts that is not a part of another.</summary>
    public static TheoryData<Type> Messages
    {
        get
        {
            var records = typeof(Money).Assembly.GetExportedTypes().Where(IsRecord).ToList();
            return [.. records.Except(records.SelectMany(PartsOf))];
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void As_its_sample_has_it(Type message)
    {
        var sample = Sample(message);

        var read = JsonSerializer.Deserialize(sample, message, Wire);
        var written = JsonSerializer.SerializeToNode(read, message, Wire);

        JsonNode.DeepEquals(written, JsonNode.Parse(sample)).ShouldBeTrue($"The sample says\n{sample}\nthe code writes\n{written}");
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Also_through_the_outbox(Type message)
    {
        var read = JsonSerializer.Deserialize(Sample(message), message, Wire);
        var stored = JsonSerializer.Serialize(read, message);

        JsonSerializer.Serialize(JsonSerializer.Deserialize(stored, message), message).ShouldBe(stored);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_field_that_a_newer_service_added_is_passed_over(Type message)
    {
        var newer = JsonNode.Parse(Sample(message))!;
        newer["addedLater"] = JsonNode.Parse("""{"any": ["thing"]}""");

        var read = newer.Deserialize(message, Wire);
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(read, message, Wire), JsonNode.Parse(Sample(message))).ShouldBeTrue();
    }

    [Fact]
    public void No_sample_is_left_of_a_message_that_is_gone() =>
        Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(Messages.Select(message => message.Data.Name), ignoreOrder: true);

    static string Folder => Path.Combine(AppContext.BaseDirectory, "Samples");

    static string Sample(Type message)
    {
        var path = Path.Combine(Folder, message.Name + ".json");
        File.Exists(path).ShouldBeTrue($"{message.Name} has no sample: write tests/Contracts.Tests/Samples/{message.Name}.json");
        return File.ReadAllText(path);
    }

    static bool IsRecord(Type type) => type is { IsClass: true, IsAbstract: false } && type.GetMethod("<Clone>$") is not null;

    static IEnumerable<Type> PartsOf(Type record) => record
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => property.PropertyType.GetGenericArguments().Append(property.PropertyType))
        .Where(part => part != record);
}
