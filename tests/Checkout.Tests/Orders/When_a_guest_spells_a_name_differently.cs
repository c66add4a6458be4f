using MiStore.Checkout.Orders;

namespace MiStore.Checkout.Tests.Orders;

public sealed class When_a_guest_spells_a_name_differently
{
    static readonly Address Home = new("Ada", "12, Rue de l'Église", null, "Paris", null, "75015", "FR");

    [Theory]
    [InlineData("ada@example.org", "ADA@Example.ORG")]
    [InlineData("ada@example.org", "ada+mi2@example.org")]
    [InlineData("ada.lovelace@gmail.com", "adalovelace+x@googlemail.com")]
    public void One_mailbox_is_one_customer(string a, string b) => KeyOf(a, Home)[0].ShouldBe(KeyOf(b, Home)[0]);

    [Fact]
    public void One_door_is_one_customer() =>
        KeyOf("a@example.org", Home)[1].ShouldBe(KeyOf("b@example.org", Home with { Line1 = "12 rue de l’EGLISE ", Name = "Bob" })[1]);

    [Fact]
    public void Another_door_is_another_customer() =>
        KeyOf("a@example.org", Home)[1].ShouldNotBe(KeyOf("a@example.org", Home with { Line1 = "13, Rue de l'Église" })[1]);

    static IReadOnlyList<string> KeyOf(string email, Address address) => Customers.KeysOf(new Customer(email, "x"), address);
}
