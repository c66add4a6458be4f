using System.Collections.Concurrent;
using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace MiStore.Testing;

/// <summary>
/// A class fixture on real servers. Where one of them is missing its tests skip; a plain fixture could only fail.
/// </summary>
public abstract class ServersFixture : IAsyncLifetime
{
    /// <summary>Why a kind of fixture did not start.</summary>
    internal static readonly ConcurrentDictionary<Type, string> Missing = new();

    protected abstract Task Start();

    protected abstract Task Stop();

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        try
        {
            await Start();
        }
        catch (SkipException skip)
        {
            Missing[GetType()] = skip.Message.Replace(DynamicSkipToken.Value, "");
        }
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        if (!Missing.ContainsKey(GetType()))
            await Stop();
    }
}

/// <summary>Skips what a <see cref="ServersFixture"/> could not start for. Every test project has it.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SkipsWithoutServersAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        foreach (var type in methodUnderTest.ReflectedType!.GetInterfaces())
            if (type.IsGenericType && ServersFixture.Missing.TryGetValue(type.GenericTypeArguments[0], out var reason))
                Assert.Skip(reason);
    }
}
