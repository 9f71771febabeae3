namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IFieldCatalogue</c>.</summary>
public abstract class FieldCataloguePortTests : PortTests;
