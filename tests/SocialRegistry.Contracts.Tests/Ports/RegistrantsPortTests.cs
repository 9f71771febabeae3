namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IRegistrants</c>.</summary>
public abstract class RegistrantsPortTests : PortTests;
