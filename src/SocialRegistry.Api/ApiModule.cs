using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Api.Alerts;
using SocialRegistry.Api.Areas;
using SocialRegistry.Api.Attestations;
using SocialRegistry.Api.ChangeRequests;
using SocialRegistry.Api.Consents;
using SocialRegistry.Api.Documents;
using SocialRegistry.Api.Erasures;
using SocialRegistry.Api.Fields;
using SocialRegistry.Api.Groups;
using SocialRegistry.Api.Identifiers;
using SocialRegistry.Api.Log;
using SocialRegistry.Api.PersonalData;
using SocialRegistry.Api.Registrants;
using SocialRegistry.Api.Relationships;
using SocialRegistry.Api.Signed;
using SocialRegistry.Api.Versions;

namespace SocialRegistry.Api;

/// <summary>Our own REST API <c>/api/v1</c> over the ports.</summary>
public static class ApiModule
{
    /// <summary>Request attributes are checked in this assembly.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.AddValidation().AddSingleton<PartnerSignatures>();

    /// <summary>Maps <c>/api/v1</c>. Every route names the permission it needs.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapRegistrants();
        api.MapAttestations();
        api.MapVersions();
        api.MapNamedVersions();
        api.MapFeedback();
        api.MapGroupMembers();
        api.MapFields();
        api.MapAreas();
        api.MapAreaLevels();
        api.MapRelationships();
        routes.MapSchemas();
        api.MapIdentifiers();
        api.MapLog();
        api.MapDocuments();
        api.MapConsents();
        api.MapErasures();
        api.MapPersonalData();
        api.MapAlerts();
        api.MapChangeRequests();
    }
}
