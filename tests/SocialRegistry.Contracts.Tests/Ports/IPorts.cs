using Microsoft.Extensions.Time.Testing;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The ports under test, however they are reached: in process or over gRPC. Disposed after each test.</summary>
public interface IPorts : IAsyncDisposable
{
    IRegistrants Registrants { get; }

    IGroups Groups { get; }

    IAttestations Attestations { get; }

    IVersions Versions { get; }

    INamedVersions NamedVersions { get; }

    IFieldCatalogue Fields { get; }

    IAreas Areas { get; }

    IRelationships Relationships { get; }

    IRelationTypes RelationTypes { get; }
    ICatalogueChanges CatalogueChanges { get; }

    IIdentifierPool Numbers { get; }

    IDocuments Documents { get; }

    IConsents Consents { get; }

    IErasures Erasures { get; }

    IPersonalData PersonalData { get; }

    IBreakGlass BreakGlass { get; }

    IAlerts Alerts { get; }

    /// <summary>Moving the clock makes the side that stores seal.</summary>
    IChangeLog Log { get; }
    IChangeRequests ChangeRequests { get; }

    /// <summary>The clock of the side that stores.</summary>
    FakeTimeProvider Clock { get; }
}
