using System.Net.Security;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using SocialRegistry.Grpc.Listening;

namespace SocialRegistry.Grpc.Client;

/// <summary>The connection to the core.</summary>
internal sealed class RegistryChannel : IDisposable
{
    private readonly GrpcChannel channel;

    /// <exception cref="InvalidOperationException">The address would carry personal data in the clear, or the certificates are not set.</exception>
    public RegistryChannel(Uri address, IConfiguration? client)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            MaxResponseHeadersLength = 128,
        };
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            handler.SslOptions = ClientTls(client);
        }
        else if (address.Scheme != Uri.UriSchemeHttp || !address.IsLoopback)
        {
            throw new InvalidOperationException(
                $"The core's address {address} is not on this machine: write it with https and set Core:Certificate."
            );
        }

        channel = GrpcChannel.ForAddress(
            address,
            new GrpcChannelOptions
            {
                HttpHandler = handler,
                DisposeHttpClient = true,
                MaxReceiveMessageSize = GrpcLimits.MaxMessageBytes,
                MaxSendMessageSize = GrpcLimits.MaxMessageBytes,
                CompressionProviders = [],
            }
        );
        Registrants = new V1.Registrants.RegistrantsClient(channel);
        Groups = new V1.Groups.GroupsClient(channel);
        Attestations = new V1.Attestations.AttestationsClient(channel);
        Versions = new V1.Versions.VersionsClient(channel);
        NamedVersions = new V1.NamedVersions.NamedVersionsClient(channel);
        FieldCatalogue = new V1.FieldCatalogue.FieldCatalogueClient(channel);
        Areas = new V1.Areas.AreasClient(channel);
        CatalogueChanges = new V1.CatalogueChanges.CatalogueChangesClient(channel);
        Partners = new V1.Partners.PartnersClient(channel);
        Relationships = new V1.Relationships.RelationshipsClient(channel);
        RelationTypes = new V1.RelationTypes.RelationTypesClient(channel);
        ChangeLog = new V1.ChangeLog.ChangeLogClient(channel);
        Documents = new V1.Documents.DocumentsClient(channel);
        Erasures = new V1.Erasures.ErasuresClient(channel);
        PersonalData = new V1.PersonalData.PersonalDataClient(channel);
        BreakGlass = new V1.BreakGlass.BreakGlassClient(channel);
        Alerts = new V1.Alerts.AlertsClient(channel);
        Consents = new V1.Consents.ConsentsClient(channel);
        ChangeRequests = new V1.ChangeRequests.ChangeRequestsClient(channel);
        IdentifierPool = new V1.IdentifierPool.IdentifierPoolClient(channel);
    }

    /// <summary>For error texts.</summary>
    public string Address => channel.Target;

    public V1.Registrants.RegistrantsClient Registrants { get; }

    public V1.Groups.GroupsClient Groups { get; }

    public V1.Attestations.AttestationsClient Attestations { get; }

    public V1.Versions.VersionsClient Versions { get; }

    public V1.NamedVersions.NamedVersionsClient NamedVersions { get; }

    public V1.FieldCatalogue.FieldCatalogueClient FieldCatalogue { get; }

    public V1.Areas.AreasClient Areas { get; }
    public V1.CatalogueChanges.CatalogueChangesClient CatalogueChanges { get; }

    public V1.Partners.PartnersClient Partners { get; }

    public V1.Relationships.RelationshipsClient Relationships { get; }

    public V1.RelationTypes.RelationTypesClient RelationTypes { get; }

    public V1.ChangeLog.ChangeLogClient ChangeLog { get; }

    public V1.Documents.DocumentsClient Documents { get; }

    public V1.Erasures.ErasuresClient Erasures { get; }

    public V1.PersonalData.PersonalDataClient PersonalData { get; }

    public V1.BreakGlass.BreakGlassClient BreakGlass { get; }

    public V1.Alerts.AlertsClient Alerts { get; }

    public V1.Consents.ConsentsClient Consents { get; }
    public V1.ChangeRequests.ChangeRequestsClient ChangeRequests { get; }

    public V1.IdentifierPool.IdentifierPoolClient IdentifierPool { get; }

    public void Dispose() => channel.Dispose();

    private static SslClientAuthenticationOptions ClientTls(IConfiguration? client)
    {
        var options = new SslClientAuthenticationOptions();
        if (Certificates.Load(client, "Certificate") is { } certificate)
        {
            options.ClientCertificates = [certificate];
        }

        // With thumbprints the server's certificate may be self-made; without, the machine's trust decides.
        if (Certificates.Thumbprints(client, "ServerCertificates") is { Count: > 0 } servers)
        {
            options.RemoteCertificateValidationCallback = (_, presented, _, _) =>
                Certificates.IsPermitted(presented, servers);
        }

        return options;
    }
}
