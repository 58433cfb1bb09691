using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Warehouse.Definitions;
using Warehouse.Service.Pages;
using Warehouse.Service.Sessions;

namespace Warehouse.Service.Api;

/// <summary>Makes a problem of whatever goes wrong on the way, in the one form of problems, without a word of the inside.</summary>
internal static class FaultAnswers
{
    public static void UseFaultAnswers(this IApplicationBuilder application)
    {
        application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Of(context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error).ExecuteAsync(context),
            SuppressDiagnosticsCallback = handled => handled.Exception is BadHttpRequestException or UserFaultException,
        });
        application.UseStatusCodePages(page => page.HttpContext.Response.StatusCode == StatusCodes.Status404NotFound && SessionCookies.TakesPages(page.HttpContext.Request)
            ? SeeNothing(page.HttpContext)
            : Of(page.HttpContext.Response.StatusCode, page.HttpContext.Request).ExecuteAsync(page.HttpContext));
    }

    /// <summary>A browser that asks for a page is shown one.</summary>
    private static Task SeeNothing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = PagesOfService.NothingHere;
        return Task.CompletedTask;
    }

    private static IResult Of(Exception fault) => fault switch
    {
        UserFaultException mendable => Problem.Of(mendable),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Problem.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large", "The body is larger than the service takes ('service: limits: upload_mb')."),
        BadHttpRequestException bad => Problem.Of(bad.StatusCode, "wrong-request", "The request is wrong", bad.Message),
        _ => Problem.Of(StatusCodes.Status500InternalServerError, "bug", "The service has a fault", "This is a fault of the program, and was logged."),
    };

    private static IResult Of(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status401Unauthorized => Problem.Of(status, "who-are-you", "Not signed in", "Send 'Authorization: Bearer KEY'. 'warehouse user key NAME' makes a key."),
        StatusCodes.Status403Forbidden => Problem.Of(status, "forbidden", "Not allowed", "You may not do this."),
        StatusCodes.Status404NotFound => Problem.Of(status, "not-found", "There is nothing here", $"There is no route {request.Path}. /openapi/v1.json lists the routes."),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(status, "wrong-method", "Not this way", $"{request.Path} does not take {request.Method}: what changes something is asked by POST, what reads by GET."),
        _ => Problem.Of(status, "wrong-request", "The request is wrong", "The request could not be answered."),
    };
}
