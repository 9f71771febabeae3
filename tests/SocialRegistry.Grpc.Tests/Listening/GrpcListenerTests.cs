using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Client;
using SocialRegistry.Grpc.Tests.Support;

namespace SocialRegistry.Grpc.Tests.Listening;

/// <summary>Other machines reach the ports only by mutual TLS with a certificate on the list.</summary>
public sealed class GrpcListenerTests : IDisposable
{
    private readonly TestCertificate core = new();
    private readonly TestCertificate role = new();

    public void Dispose()
    {
        core.Dispose();
        role.Dispose();
    }

    [Theory]
    [InlineData("http://127.0.0.1:5081")]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:5081")]
    [InlineData("HTTP://127.9.9.9:1")]
    public void Loopback_needs_no_certificate(string url) => GrpcListenerRules.Check(url, Settings([]));

    [Theory]
    [InlineData("http://0.0.0.0:5081")]
    [InlineData("http://+:5081")]
    [InlineData("http://*:5081")]
    [InlineData("http://[::]:5081")]
    [InlineData("http://192.0.2.1:5081")]
    [InlineData("http://core.internal:5081")]
    [InlineData("http://localhost.example.org:5081")]
    public void Elsewhere_http_is_refused_whatever_is_set(string url)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() =>
            GrpcListenerRules.Check(url, Settings(Complete()))
        );
        Assert.Contains("write it with https", refusal.Message);
    }

    [Theory]
    [InlineData("https://+:5081")]
    [InlineData("https://127.0.0.1:5081")]
    public void Https_needs_a_certificate_and_the_list_of_clients(string url)
    {
        GrpcListenerRules.Check(url, Settings(Complete()));
        Refused(url, Complete("Grpc:Certificate", null), "needs Grpc:Certificate");
        Refused(url, Complete("Grpc:ClientCertificates:0", null), "needs Grpc:ClientCertificates");
        Refused(url, Complete("Grpc:ClientCertificates:0", "AB:CD"), "64 hexadecimal digits");
        Refused(url, Complete("Grpc:Certificate", "/nowhere.pfx"), "Grpc:Certificate: '/nowhere.pfx' cannot be opened");
        Refused(url, Complete("Grpc:CertificatePassword", "wrong"), "cannot be opened");
    }

    [Theory]
    [InlineData("5081")]
    [InlineData("")]
    [InlineData("ftp://127.0.0.1:21")]
    [InlineData("http://unix:/tmp/registry.sock")]
    public void What_is_no_address_is_refused(string url) => Refused(url, Complete(), "address");

    [Fact]
    public void Thumbprints_may_stand_in_one_text_with_colons() =>
        GrpcListenerRules.Check(
            "https://+:5081",
            Settings(
                Complete("Grpc:ClientCertificates:0", null)
                    .Append(
                        new(
                            "Grpc:ClientCertificates",
                            string.Join(':', role.Thumbprint.ToLowerInvariant().Chunk(2).Select(c => new string(c)))
                                + ", "
                                + core.Thumbprint
                        )
                    )
            )
        );

    [Fact]
    public async Task A_listed_certificate_is_let_in_and_the_token_still_asked_for()
    {
        await using var server = await StartAsync();
        await using var listed = server.Role(settings: Client(role));
        await using var keyless = server.Role(new TestKeyRing(), Client(role));

        Assert.Equal(0, (await CatalogueAsync(listed)).Version);
        Assert.Equal(
            "grpc.Unauthenticated",
            (await Assert.ThrowsAsync<RemotePortException>(() => CatalogueAsync(keyless))).Code
        );
    }

    [Fact]
    public async Task Any_other_client_is_refused()
    {
        using var other = new TestCertificate();
        await using var server = await StartAsync();
        await using var unlisted = server.Role(settings: Client(other));
        await using var without = server.Role(settings: Client(null));
        for (var i = 0; i < 20; i++)
        {
            var client = i % 2 == 0 ? unlisted : without;
            var failure = await Assert.ThrowsAsync<RemotePortException>(() => CatalogueAsync(client));
            Assert.Equal("grpc.unavailable", failure.Code);
        }
    }

    [Fact]
    public async Task A_listed_certificate_past_its_time_is_refused()
    {
        using var old = new TestCertificate(DateTimeOffset.UtcNow.AddHours(-1));
        await using var server = await StartAsync(old.Thumbprint);
        await using var client = server.Role(settings: Client(old));
        await Assert.ThrowsAsync<RemotePortException>(() => CatalogueAsync(client));
    }

    [Fact]
    public async Task A_role_refuses_a_core_it_does_not_know()
    {
        await using var server = await StartAsync();
        var settings = Client(role);
        settings["Core:ServerCertificates:0"] = role.Thumbprint;
        await using var pinned = server.Role(settings: settings);
        settings.Remove("Core:ServerCertificates:0");
        await using var trusting = server.Role(settings: settings);
        await Assert.ThrowsAsync<RemotePortException>(() => CatalogueAsync(pinned));
        await Assert.ThrowsAsync<RemotePortException>(() => CatalogueAsync(trusting));
    }

    [Fact]
    public void A_role_sends_nothing_in_the_clear_to_another_machine()
    {
        using var services = new ServiceCollection()
            .AddSingleton<Protection.IKeyRing>(new TestKeyRing())
            .AddGrpcPorts(new Uri("http://core.internal:5081"))
            .BuildServiceProvider();
        var refusal = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IRegistrants>());
        Assert.Contains("https", refusal.Message);
    }

    private static Task<CatalogueView> CatalogueAsync(IServiceProvider role) =>
        role.GetRequiredService<IFieldCatalogue>().GetAsync(TestContext.Current.CancellationToken);

    private Task<GrpcServer> StartAsync(string? alsoPermitted = null)
    {
        var (catalogue, record) = RecordingPort.Create<IFieldCatalogue>();
        record.Answer = (_, _) =>
            Task.FromResult<object?>(
                (CatalogueView)new Filled(Amount.Least, 0).Make(typeof(CatalogueView)) with
                {
                    Version = 0,
                }
            );
        return GrpcServer.StartAsync(
            services => services.AddSingleton(catalogue),
            (options, configuration) => options.UseHttps(https => GrpcListenerRules.ConfigureTls(https, configuration)),
            Complete().Append(new("Grpc:ClientCertificates:1", alsoPermitted)).ToDictionary()
        );
    }

    private Dictionary<string, string?> Client(TestCertificate? certificate) =>
        new()
        {
            ["Core:Certificate"] = certificate?.File,
            ["Core:CertificatePassword"] = TestCertificate.Password,
            ["Core:ServerCertificates:0"] = core.Thumbprint,
        };

    private Dictionary<string, string?> Complete(string? key = null, string? value = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Grpc:Certificate"] = core.File,
            ["Grpc:CertificatePassword"] = TestCertificate.Password,
            ["Grpc:ClientCertificates:0"] = role.Thumbprint,
        };
        if (key is not null)
        {
            settings[key] = value;
        }

        return settings;
    }

    private static void Refused(string url, IEnumerable<KeyValuePair<string, string?>> settings, string because)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => GrpcListenerRules.Check(url, Settings(settings)));
        Assert.Contains(because, refusal.Message);
    }

    private static IConfiguration Settings(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
