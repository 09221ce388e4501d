var H5PStandalone = { H5P: function (place) { place.textContent = "An exercise"; } };
new H5PStandalone.H5P(document.getElementById("h5p"));
