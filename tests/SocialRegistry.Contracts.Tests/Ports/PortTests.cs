using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>
/// What every port suite shares. Derive each suite once per way of reaching the ports and yield them in <see cref="StartAsync"/>;
/// the database behind may be shared by the tests of a class: no suite assumes an empty one.
/// </summary>
public abstract class PortTests : IAsyncLifetime
{
    private IPorts? ports;

    /// <summary>The ports, ready to be called.</summary>
    protected abstract Task<IPorts> StartAsync();

    protected IPorts Ports => ports ?? throw new InvalidOperationException("The test has not begun.");

    protected IRegistrants Registrants => Ports.Registrants;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => ports = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (ports is not null)
        {
            await ports.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
